"""Addresses of need ahead and its scenario sets."""

from django.urls import path

from trinnvis.planner.views import compare, need, sets

urlpatterns = [
    path("behov", need.need, name="need"),
    path("behov/figur/<slug:key>.<str:ending>", need.figure_file, name="need_figure"),
    path("behov/saksvedlegg.<str:ending>", need.pack_file, name="need_pack"),
    path("behov/alle-tall.xlsx", need.numbers_file, name="need_numbers"),
    path("behov/sett", sets.sets, name="sets"),
    path("behov/sett/nytt", sets.new_set, name="new_set"),
    path("behov/sett/<int:pk>", sets.open_set, name="set"),
    path("behov/sett/<int:pk>/utgave/<int:revision>", sets.open_set, name="set_version"),
    path("behov/sett/<int:pk>/lagre", sets.save_set, name="save_set"),
    path("behov/sett/<int:pk>/utgaver", sets.set_history, name="set_history"),
    path("behov/sett/<int:pk>/arkiver", sets.archive_set, name="archive_set"),
    path("behov/sammenlign", compare.compare, name="compare"),
    path("behov/sammenlign/<slug:key>.<str:ending>", compare.figure_file, name="compare_figure"),
]
