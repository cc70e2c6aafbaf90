from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "trinnvis.demo"
    label = "demo"
