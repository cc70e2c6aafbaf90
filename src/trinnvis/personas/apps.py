from django.apps import AppConfig


class PersonasConfig(AppConfig):
    name = "trinnvis.personas"
    label = "personas"
