from django.apps import AppConfig
from django.core.checks import Tags, register


class ExchangeConfig(AppConfig):
    name = "trinnvis.exchange"
    label = "exchange"

    def ready(self) -> None:
        from .checks import check_login

        register(check_login, Tags.security)
