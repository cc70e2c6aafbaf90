"""Addresses of own figures, under `plan/egne-tall`."""

from django.urls import path

from trinnvis.planner.views.own import files, looking, pages

FILE = "egne-tall/fil/<uuid:key>"

urlpatterns = [
    path("egne-tall", pages.overview, name="own_figures"),
    path("egne-tall/ta-inn/<str:kind>", looking.upload, name="own_upload"),
    path("egne-tall/utgaver/<str:kind>", pages.history, name="own_history"),
    path("egne-tall/tabell/<str:kind>.<str:ending>", files.table_file, name="own_table"),
    path(FILE, looking.mapping, name="own_mapping"),
    path(f"{FILE}/se-over", looking.preview, name="own_preview"),
    path(f"{FILE}/feil.csv", files.fault_file, name="own_faults"),
]
