"""What happened, in the citizen's words: every verb that an event can have, with what its data says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trinnvis.marking import Norwegian
from trinnvis.policy.dates import long_date
from trinnvis.policy.model import Policy

Data = Mapping[str, Any]
Words = str | Promise
Detail = Callable[[Data, Policy], Words]


@dataclass(frozen=True)
class Wording:
    """`title`, and one line more of the event's data, "" when there is none.

    `to_citizen`: the title to the one the case is about, where staff's own says it in the trade's words.
    """

    title: Words
    detail: Detail = lambda data, policy: ""
    to_citizen: Words = ""
    detail_to_citizen: Detail | None = None


TRACKS: dict[str, Words] = {
    "ordinary": _("Vanlig"),
    "urgent": _("Haster"),
    "fast": _("Alvorlig syk"),
    "advice": _("Råd og veiledning"),
}
STAGES: dict[str, Words] = {
    "intake": _("Mottatt"),
    "clarification": _("Avklaring"),
    "assessment": _("Vurdering"),
    "alternatives": _("Sammenligner alternativer"),
    "decision": _("Vedtaket skrives"),
    "approval": _("Til godkjenning"),
    "notice": _("Sendes ut"),
    "follow_up": _("Oppfølging"),
    "closed": _("Avsluttet"),
}
CHANNELS: dict[str, Words] = {
    "portal": _("Skjema på nett"),
    "phone": _("Telefon"),
    "gp": _("Fastlege"),
    "hospital": _("Sykehus"),
    "drop_in": _("Oppmøte"),
    "home_visit": _("Hjemmebesøk"),
}
OUTCOMES: dict[str, Words] = {
    "urgent": _("Det haster"),
    "severely_ill": _("Alvorlig syk eller livets siste fase"),
    "clarification": _("Avklaring sammen med deg"),
    "advice": _("Råd og veiledning"),
    "other_unit": _("En annen enhet svarer deg"),
}
VOICES: dict[str, Words] = {"citizen": _("innbyggerens ord"), "professional": _("faglig vurdering")}
CLARIFICATION_OUTCOMES: dict[str, Words] = {
    "manages": _("Klarer seg uten tjeneste"),
    "lower_step": _("Tilbud på et lavere trinn, uten vedtak"),
    "needs_service": _("Fortsatt behov, saken går videre"),
    "stopped": _("Stanset underveis"),
}
CAPACITY: dict[str, Words] = {
    "has": _("Kan ta stilling til saken"),
    "lacks_partly": _("Kan ta stilling til deler av saken"),
    "lacks": _("Kan ikke ta stilling til saken"),
}
RETURN_REASONS: dict[str, Words] = {
    "wish": _("Innbyggerens ønske må beskrives bedre"),
    "facts": _("Opplysninger mangler eller er feil"),
    "criteria": _("Kriteriene må vurderes på nytt"),
    "extent": _("Omfanget er ikke tydelig"),
    "law": _("Hjemmelen må rettes"),
    "language": _("Språket må bli klarere"),
    "other": _("Annet"),
}


def _said(key: str) -> Detail:
    return lambda data, policy: str(data.get(key) or "")


def _written(key: str) -> Detail:
    """What staff have written."""
    return lambda data, policy: Norwegian(data.get(key) or "")


def _among(key: str, words: Mapping[str, Words]) -> Detail:
    return lambda data, policy: words.get(str(data.get(key)), "")


def _on(key: str) -> Detail:
    def detail(data: Data, policy: Policy) -> str:
        return long_date(date.fromisoformat(data[key])) if data.get(key) else ""

    return detail


def _named(key: str, rows: Callable[[Policy], Any]) -> Detail:
    """The title the policy gives a code; the code itself where the policy no longer has it."""

    def detail(data: Data, policy: Policy) -> str:
        code = str(data.get(key) or "")
        return Norwegian(next((row.title for row in rows(policy) if row.code == code), code))

    return detail


def need_title(code: str, policy: Policy) -> str:
    """A kind of need as the policy calls it."""
    return str(NEED({"kind": code}, policy))


def _words_written(data: Data, policy: Policy) -> Words:
    topic = TOPIC(data, policy)
    return f"{topic} ({VOICES[data['voice']]})" if data.get("voice") in VOICES else topic


def _team(data: Data, policy: Policy) -> str:
    return ", ".join(str(data[key]) for key in ("name", "profession") if data.get(key))


def _housing(data: Data, policy: Policy) -> str:
    step = data.get("housing_step")
    return Norwegian(
        next((f"{row.number}. {row.title}" for row in policy.housing_ladder.steps if row.number == step), "")
    )


NEED = _named("kind", lambda policy: policy.needs)
TOPIC = _named("topic", lambda policy: policy.topics)
UNIT = _named("unit", lambda policy: policy.units)
SERVICE = _named("service", lambda policy: policy.services)
INSTRUMENT = _named("instrument", lambda policy: policy.instruments)

VERBS: dict[str, Wording] = {
    "case_opened": Wording(_("Saken er opprettet"), UNIT, _("Saken din er åpnet")),
    "enquiry_linked": Wording(_("En henvendelse er lagt i saken"), _among("channel", CHANNELS)),
    "triaged": Wording(
        _("Henvendelsen er vurdert"),
        _among("outcome", OUTCOMES),
        _("Vi har lest henvendelsen og bestemt hva som skjer videre"),
    ),
    "applied": Wording(_("Søknaden er mottatt"), _said("applies_for"), _("Vi har fått søknaden")),
    "application_withdrawn": Wording(_("Søknaden er trukket")),
    "assigned": Wording(_("Saken har fått en saksbehandler"), _said("to")),
    "moved": Wording(_("En annen enhet har fått saken, og svarer deg videre"), UNIT),
    "noted": Wording(_("Det er skrevet et notat"), _written("text"), _("Vi har skrevet et notat i saken")),
    "track_changed": Wording(_("Hastegraden er endret"), _among("track", TRACKS)),
    "fast_track_set": Wording(
        _("Saken er merket som alvorlig syk, og går foran"),
        to_citizen=_("Saken går foran andre saker fordi det er alvorlig sykdom"),
    ),
    "help_given": Wording(_("Hjelpen som hastet, er i gang"), _written("what")),
    "heard": Wording(
        _("Samtalen med innbyggeren er gjennomført"),
        _written("how"),
        _("Vi har snakket med deg om hva som er viktig for deg"),
    ),
    "preliminary_reply_sent": Wording(
        _("Foreløpig svar er gitt. Svaret ventes"),
        _on("expected_on"),
        _("Du har fått et foreløpig svar. Vi har lovet svaret innen"),
    ),
    "need_opened": Wording(_("Dette må avklares"), NEED),
    "need_solved": Wording(_("Dette er avklart"), NEED),
    "closed": Wording(_("Saken er avsluttet")),
    "letter_made": Wording(_("Brevet er laget"), _said("decision")),
    "clarification_offered": Wording(
        _("Avklaringsforløp er tilbudt"), to_citizen=_("Du har fått tilbud om et avklaringsforløp")
    ),
    "clarification_skipped": Wording(
        _("Avklaringsforløp er ikke aktuelt"),
        to_citizen=_("Vi går videre uten et avklaringsforløp"),
    ),
    "clarification_answered": Wording(_("Tilbudet om avklaring er besvart"), _said("note")),
    "clarification_ended": Wording(
        _("Avklaringsforløpet er avsluttet"), _among("outcome", CLARIFICATION_OUTCOMES)
    ),
    "team_changed": Wording(_("Teamet er endret"), _team, _("Teamet rundt deg er endret")),
    "goal_written": Wording(_("Et mål er skrevet")),
    "goal_evaluated": Wording(
        _("Et mål er vurdert"), to_citizen=_("Det er skrevet hvordan det gikk med et mål")
    ),
    "measured": Wording(
        _("En måling er registrert"), INSTRUMENT, _("Vi har målt hvordan det går, for å se om hjelpen virker")
    ),
    "words_written": Wording(
        _("Vurderingen har fått nye ord"),
        _words_written,
        _("Det er skrevet noe nytt i vurderingen"),
        TOPIC,
    ),
    "scored": Wording(_("Funksjon er vurdert"), to_citizen=_("Vi har vurdert hva du klarer i hverdagen")),
    "housing_set": Wording(
        _("Boligtrinnet er vurdert"), _housing, _("Vi har vurdert hva slags bolig du bor i")
    ),
    "capacity_decided": Wording(
        _("Samtykkekompetansen er vurdert"),
        _among("conclusion", CAPACITY),
        _("Vi har vurdert om du kan ta valgene i saken selv"),
    ),
    "criterion_answered": Wording(
        _("Et kriterium er besvart"), SERVICE, _("Vi har svart på kriteriene for en tjeneste")
    ),
    "assessment_completed": Wording(
        _("Vurderingen av behovet er fullført"), to_citizen=_("Vurderingen av hva du trenger, er ferdig")
    ),
    "assessment_reopened": Wording(
        _("Vurderingen av behovet er åpnet igjen"), to_citizen=_("Vi ser på nytt på hva du trenger")
    ),
    "alternative_added": Wording(
        _("Et alternativ er lagt fram"), _written("title"), _("Vi har foreslått en måte å hjelpe på")
    ),
    "alternative_withdrawn": Wording(
        _("Et alternativ er trukket"), _written("title"), _("Et av forslagene gjelder ikke lenger")
    ),
    "alternative_chosen": Wording(
        _("Et alternativ er valgt"), _written("title"), _("Vi har valgt hvilket forslag vi går videre med")
    ),
    "alternative_commented": Wording(
        _("Innbyggeren har sagt hva hen mener om et alternativ"),
        _written("title"),
        _("Det er skrevet hva du mener om et forslag"),
    ),
    "decision_drafted": Wording(
        _("Vedtaket er under arbeid"), _said("decision"), _("Vi skriver på vedtaket")
    ),
    "decision_submitted": Wording(
        _("Vedtaket er sendt til godkjenning"),
        _said("decision"),
        _("Vedtaket er skrevet. En annen leser det før det sendes til deg"),
    ),
    "decision_withdrawn": Wording(
        _("Vedtaket er trukket tilbake fra godkjenning"),
        _said("decision"),
        _("Vi skriver videre på vedtaket før en annen leser det"),
    ),
    "decision_returned": Wording(
        _("Vedtaket er sendt tilbake for å bli bedre"),
        _among("return_reason", RETURN_REASONS),
        _("Den som leste vedtaket, vil ha det bedre før det sendes til deg"),
    ),
    "decision_approved": Wording(
        _("Vedtaket er godkjent"),
        _said("decision"),
        _("Vedtaket er lest og godkjent. Nå skal det sendes til deg"),
    ),
    "decision_sent": Wording(_("Vedtaket er sendt"), _said("decision"), _("Vi har sendt deg vedtaket")),
}
