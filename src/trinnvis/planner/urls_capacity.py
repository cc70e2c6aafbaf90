"""Addresses of capacity and budget."""

from django.urls import path

from trinnvis.planner.views.capacity import editing, pages, setup, tables

urlpatterns = [
    path("kapasitet", pages.overview_page, name="capacity"),
    path("kapasitet/figur/<slug:key>.<str:ending>", pages.overview_file, name="capacity_file"),
    path("kapasitet/oppsett", setup.setup_page, name="capacity_setup"),
    path("kapasitet/oppsett/plasstype", setup.kind_page, name="capacity_kind_new"),
    path("kapasitet/oppsett/plasstype/<int:pk>", setup.kind_page, name="capacity_kind"),
    path("kapasitet/oppsett/fjern/<int:pk>", setup.remove_area, name="capacity_area_remove"),
    path("kapasitet/tabeller", tables.tables_page, name="capacity_tables"),
    path("kapasitet/tabeller/<slug:table>.<str:ending>", tables.table_file, name="capacity_table"),
    path("kapasitet/enhet/<slug:code>", pages.unit_page, name="capacity_unit"),
    path(
        "kapasitet/enhet/<slug:code>/figur/<slug:key>.<str:ending>",
        pages.unit_file,
        name="capacity_unit_file",
    ),
    path("kapasitet/enhet/<slug:code>/budsjett/<int:year>", editing.budget, name="capacity_budget"),
    path("kapasitet/enhet/<slug:code>/timer", editing.period, name="capacity_period"),
    path("kapasitet/enhet/<slug:code>/sted", editing.site, name="capacity_site_new"),
    path("kapasitet/enhet/<slug:code>/sted/<int:pk>", editing.site, name="capacity_site"),
    path("kapasitet/enhet/<slug:code>/plasser", editing.places, name="capacity_places_new"),
    path("kapasitet/enhet/<slug:code>/plasser/<int:pk>", editing.places, name="capacity_places"),
]
