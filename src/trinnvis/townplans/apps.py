from django.apps import AppConfig


class TownPlansConfig(AppConfig):
    name = "trinnvis.townplans"
    label = "townplans"
