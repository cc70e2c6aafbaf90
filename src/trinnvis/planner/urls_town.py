"""Addresses of the five-minute town."""

from django.urls import path

from trinnvis.planner.views.town import downloads, files, ladder, layers, pages, plans, quality, trying

urlpatterns = [
    path("tettsted", pages.town, name="town"),
    path("tettsted/figur/<slug:key>.<str:ending>", pages.figure_file, name="town_figure"),
    path("tettsted/fil.<str:ending>", downloads.town_file, name="town_file"),
    path("tettsted/bolig", pages.home, name="town_home"),
    path("tettsted/boliger", pages.homes, name="town_homes"),
    path("tettsted/trappene", ladder.ladder, name="town_ladder"),
    path("tettsted/trappene/<slug:key>.<str:ending>", ladder.figure_file, name="town_ladder_figure"),
    path("tettsted/kart/gater.json", layers.streets, name="town_streets"),
    path("tettsted/kart/innhold.json", layers.content, name="town_content"),
    path("tettsted/kart/kart.svg", layers.picture, name="town_picture"),
    path("tettsted/prov/<slug:kind>", trying.attempt, name="town_try"),
    path("tettsted/prov/<slug:kind>/lagre", trying.keep, name="town_keep"),
    path("tettsted/planer", plans.plans, name="town_plans"),
    path("tettsted/planer/sammenlign", plans.compare, name="town_compare"),
    path("tettsted/planer/ta-ut/<int:number>", plans.undo, name="town_undo"),
    path("tettsted/planer/ga-tilbake", plans.go_back, name="town_go_back"),
    path("tettsted/planer/arkiver", plans.archive, name="town_archive"),
    path("tettsted/planer/<int:pk>/utgaver", plans.plan_history, name="town_history"),
    path("tettsted/filer", files.files, name="town_files"),
    path("tettsted/filer/ta-bort/<slug:name>", files.remove_file, name="town_remove_file"),
    path("tettsted/kvalitet", quality.quality, name="town_quality"),
    path("tettsted/kvalitet/rett", quality.correct, name="town_correct"),
    path("tettsted/kvalitet/ta-tilbake/<int:number>", quality.uncorrect, name="town_uncorrect"),
]
