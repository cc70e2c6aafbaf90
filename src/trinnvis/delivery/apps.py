from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "trinnvis.delivery"
    label = "delivery"
