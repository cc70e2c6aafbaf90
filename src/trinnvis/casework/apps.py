from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "trinnvis.casework"
    label = "casework"
