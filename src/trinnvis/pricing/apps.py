from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "trinnvis.pricing"
    label = "pricing"
