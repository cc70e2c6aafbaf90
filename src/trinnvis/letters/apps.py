from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "trinnvis.letters"
    label = "letters"
