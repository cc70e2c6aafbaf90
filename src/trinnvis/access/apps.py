from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "trinnvis.access"
    label = "access"
