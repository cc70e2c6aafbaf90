"""Addresses of personas and their pathways, under `plan/forlop`.

A key is a shipped code, or `egen-` and a number.
"""

from django.urls import path

from trinnvis.planner.views.pathways import comparing, editing, making, pages, versions

ONE = "forlop/persona/<slug:key>"

urlpatterns = [
    path("forlop", pages.shelf_page, name="pathways"),
    path("forlop/ny", making.new, name="persona_new"),
    path("forlop/fil", making.upload, name="persona_upload"),
    path("forlop/sammenlign", comparing.compare_page, name="pathways_compare"),
    path(
        "forlop/sammenlign/<slug:figure>.<str:ending>", comparing.figure_file, name="pathways_compare_figure"
    ),
    path(ONE, pages.persona_page, name="persona"),
    path(f"{ONE}/figur/<slug:figure>.<str:ending>", pages.figure_file, name="persona_figure"),
    path(f"{ONE}/saksvedlegg.<str:ending>", pages.pack_file, name="persona_pack"),
    path(f"{ONE}/persona.yaml", making.export, name="persona_yaml"),
    path(f"{ONE}/om", editing.about, name="persona_about"),
    path(f"{ONE}/forlop/ny", editing.new_pathway, name="pathway_new"),
    path(f"{ONE}/forlop/<slug:kind>", editing.pathway, name="pathway"),
    path(f"{ONE}/forlop/<slug:kind>/fjern", editing.remove_pathway, name="pathway_remove"),
    path(f"{ONE}/utgaver", versions.history_page, name="persona_history"),
    path(f"{ONE}/utgave/<int:revision>", pages.persona_page, name="persona_version"),
    path(f"{ONE}/utgave/<int:revision>/hent", versions.return_to, name="persona_return"),
    path(f"{ONE}/arkiver", versions.archive, name="persona_archive"),
]
