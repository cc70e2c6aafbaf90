from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "trinnvis.desk"
    label = "desk"
