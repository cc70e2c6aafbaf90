"""Addresses of one case, all under `skranke/sak/<number>/`; included by `desk.urls`, so they are `desk:…`."""

from django.urls import path

from trinnvis.desk.views.case import (
    acting,
    alternatives,
    assessment,
    clarification,
    criteria,
    decision,
    documents,
    overview,
    timeline,
)

urlpatterns = [
    path("", overview.overview, name="case"),
    path("fodselsnummer", overview.reveal, name="case_reveal"),
    path("vurdering", assessment.assessment, name="case_assessment"),
    path("avklaring", clarification.clarification, name="case_clarification"),
    path("alternativer", alternatives.alternatives, name="case_alternatives"),
    path("kriterier/<slug:service>", criteria.criteria, name="case_criteria"),
    path("vedtak", decision.decision, name="case_decision"),
    path("vedtak/behandle", decision.approval, name="case_approval"),
    path("vedtak/<str:decision_number>/brev", decision.preview, name="case_preview"),
    path("vedtak/<str:decision_number>/brev.pdf", documents.letter_pdf, name="case_letter_pdf"),
    path(
        "vedtak/<str:decision_number>/brev-<int:recipient>.pdf", documents.letter_pdf, name="case_letter_pdf"
    ),
    path("tidslinje", timeline.timeline_tab, name="case_timeline"),
    path("dokumenter", documents.documents, name="case_documents"),
    path("gjor/<slug:act>", acting.act, name="case_act"),
    path("gjor/<slug:act>/<int:thing>", acting.act, name="case_act"),
]
