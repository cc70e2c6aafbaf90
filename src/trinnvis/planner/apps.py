from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "trinnvis.planner"
    label = "planner"
