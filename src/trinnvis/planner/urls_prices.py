"""Addresses of price lists, under `plan/priser`."""

from django.urls import path

from trinnvis.planner.views.prices import adopting, comparing, drafts, indexes, lists, rows, uploads

DRAFT = "priser/utkast/<int:draft_id>"

urlpatterns = [
    path("priser", lists.price_lists, name="prices"),
    path("priser/liste/<str:key>.<str:ending>", lists.price_list_file, name="price_list_file"),
    path("priser/liste/<str:key>", lists.price_list, name="price_list"),
    path("priser/ny", drafts.new_draft, name="price_draft_new"),
    path(DRAFT, drafts.draft_page, name="price_draft"),
    path(f"{DRAFT}/pris", rows.new_row, name="price_row_new"),
    path(f"{DRAFT}/pris/<int:row_id>", rows.edit_row, name="price_row"),
    path(f"{DRAFT}/pris/<int:row_id>/fjern", rows.remove_row, name="price_row_remove"),
    path(f"{DRAFT}/fil", uploads.upload, name="price_upload"),
    path(f"{DRAFT}/regn-om", drafts.convert, name="price_convert"),
    path(f"{DRAFT}/forkast", drafts.discard, name="price_discard"),
    path(f"{DRAFT}/vedta", adopting.adopt, name="price_adopt"),
    path("priser/sammenlign", comparing.compare, name="price_compare"),
    path("priser/sammenlign/<str:what>.<str:ending>", comparing.compare_file, name="price_compare_file"),
    path("priser/indekser", indexes.index_page, name="price_indexes"),
]
