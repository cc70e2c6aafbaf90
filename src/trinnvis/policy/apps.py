from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "trinnvis.policy"
    label = "policy"
