from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "trinnvis.site"
    label = "trinnvis_site"
