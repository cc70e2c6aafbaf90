from django.apps import AppConfig


class SimulationsConfig(AppConfig):
    name = "trinnvis.simulations"
    label = "simulations"
