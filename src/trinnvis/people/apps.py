from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trinnvis.people"
    label = "people"
