"""Addresses of the citizen's door."""

from django.urls import URLPattern, path

from trinnvis.portal.views import answers, case, choices, contact, decision, housing, mine, public

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("tjenester", public.services, name="services"),
    path("tjenester/<slug:code>", public.service, name="service"),
    path("trappen", public.ladder, name="ladder"),
    path("boligveiledning", housing.guidance, name="housing"),
    path("boligveiledning/<slug:code>", housing.story, name="housing_story"),
    path("kontakt", contact.intro, name="contact"),
    path("kontakt/steg/<int:number>", contact.step, name="contact_step"),
    path("kontakt/oppsummering", contact.summary, name="contact_summary"),
    path("kontakt/slett", contact.discard, name="contact_discard"),
    path("kontakt/kvittering/<str:number>", contact.receipt, name="receipt"),
    path("min-side", mine.my_page, name="my_page"),
    path("innsynslogg", mine.read_log, name="read_log"),
    path("innsynslogg/<int:key>", mine.read_log, name="read_log_for"),
    path("sak/<str:number>", case.case, name="case"),
    path("sak/<str:number>/hendelser", case.events, name="events"),
    path("sak/<str:number>/vurdering", answers.assessment, name="assessment"),
    path("sak/<str:number>/mal", answers.goals, name="goals"),
    path("sak/<str:number>/mal/<int:goal_id>", answers.goal, name="goal"),
    path("sak/<str:number>/alternativer", choices.alternatives, name="alternatives"),
    path("sak/<str:number>/alternativer/<int:alternative_id>", answers.comment, name="comment"),
    path("sak/<str:number>/avklaring", answers.clarification, name="clarification"),
    path("sak/<str:number>/sok", answers.apply, name="apply"),
    path("sak/<str:number>/trekk", answers.withdraw, name="withdraw"),
    path("vedtak/<str:number>", decision.decision, name="decision"),
    path("vedtak/<str:number>/pdf", decision.pdf, name="decision_pdf"),
]
