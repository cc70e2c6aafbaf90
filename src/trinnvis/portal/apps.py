from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "trinnvis.portal"
    label = "portal"
