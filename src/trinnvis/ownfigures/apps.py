from django.apps import AppConfig


class OwnFiguresConfig(AppConfig):
    name = "trinnvis.ownfigures"
    label = "ownfigures"
