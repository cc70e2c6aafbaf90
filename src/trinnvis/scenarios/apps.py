from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "trinnvis.scenarios"
    label = "scenarios"
