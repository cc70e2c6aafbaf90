"""Addresses of the planners' door, all under `plan/`."""

from django.urls import URLPattern, URLResolver

from trinnvis.planner import urls_capacity

app_name = "planner"
urlpatterns: list[URLPattern | URLResolver] = [*urls_capacity.urlpatterns]
