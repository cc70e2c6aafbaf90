"""Addresses of the planners' door, all under `plan/`."""

from django.urls import URLPattern, URLResolver, path

from trinnvis.planner import (
    urls_capacity,
    urls_need,
    urls_own,
    urls_pathways,
    urls_prices,
    urls_simulation,
    urls_town,
)
from trinnvis.planner.views import front

app_name = "planner"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    *urls_capacity.urlpatterns,
    *urls_need.urlpatterns,
    *urls_own.urlpatterns,
    *urls_pathways.urlpatterns,
    *urls_prices.urlpatterns,
    *urls_simulation.urlpatterns,
    *urls_town.urlpatterns,
]
