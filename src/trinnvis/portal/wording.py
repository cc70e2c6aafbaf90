"""Codes in words a citizen understands. What the policy words itself is data and stands there."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from trinnvis.policy.model import DecisionFlag, DecisionKind

Words = str | Promise

PRICE_PER: dict[str, str] = {
    "hour": gettext_noop("time"),
    "visit": gettext_noop("besøk"),
    "day": gettext_noop("dag eller døgn"),
    "portion": gettext_noop("porsjon"),
    "month": gettext_noop("måned"),
    "time": gettext_noop("gang"),
}
# How one gets a service: a short tag, and what it means.
WAYS_IN: dict[DecisionKind, tuple[Words, Words]] = {
    DecisionKind.NONE: (_("Uten vedtak"), _("Du trenger ikke søke. Bruk tilbudet, eller ta kontakt.")),
    DecisionKind.INDIVIDUAL: (
        _("Med vedtak"),
        _("Du søker, og får et skriftlig vedtak med begrunnelse. Du kan klage på det."),
    ),
    DecisionKind.INDIVIDUAL_OVER_TWO_WEEKS: (
        _("Med vedtak"),
        _(
            "Du søker. Skal hjelpen vare mer enn to uker, får du et skriftlig vedtak med begrunnelse. "
            "Du kan klage også når hjelpen varer kortere."
        ),
    ),
    DecisionKind.LOCAL: (
        _("Skriftlig svar"),
        _("Du ber om tjenesten og får et skriftlig svar etter kommunens egne kriterier."),
    ),
    DecisionKind.RIGHT: (
        _("Rettighet"),
        _("Har du behovet, har du rett til dette. Du trenger ikke søke om det."),
    ),
}
STEP_DECISIONS: dict[DecisionFlag, Words] = {
    DecisionFlag.NONE: _("Du trenger ikke vedtak"),
    DecisionFlag.MIXED: _("Noen tilbud krever vedtak"),
    DecisionFlag.REQUIRED: _("Du trenger vedtak"),
}
# What an open need (behov) means for the one the case is about.
AHEAD: dict[str, Words] = {
    "triage": _("Vi leser henvendelsen og vurderer hvor det haster."),
    "give_help_now": _("Hjelpen som haster, settes i gang først."),
    "identify_person": _("Vi finner ut hvem saken gjelder."),
    "hear_citizen": _(
        "Vi snakker med deg om hva som er viktig for deg. Du kan også skrive det selv i vurderingen."
    ),
    "offer_clarification": _(
        "Vi ser på om et avklaringsforløp kan hjelpe deg. Det er et tilbud, og du velger selv."
    ),
    "run_clarification": _("Du og teamet gjennomfører avklaringsforløpet sammen."),
    "assess": _("Vi vurderer hva du trenger, sammen med deg."),
    "consent_capacity": _(
        "Vi tar stilling til om du trenger støtte for å ta valg i saken. De fleste avgjør alt selv."
    ),
    "answer_criteria": _("Vi går gjennom kriteriene for tjenestene det gjelder."),
    "compare_alternatives": _("Vi legger fram ulike måter å møte behovet på. Du kan si hva du mener om dem."),
    "draft_decision": _("Vi skriver vedtaket."),
    "approve": _("En annen enn den som skrev vedtaket, leser og godkjenner det."),
    "send_notice": _("Vi sender deg vedtaket."),
    "preliminary_reply": _("Er svaret ikke klart innen denne dagen, får du vite hvorfor og når det kommer."),
    "review": _("Vi ser sammen med deg på om hjelpen virker."),
}
CALLS: dict[str, Words] = {
    "hear_citizen": _("Skriv hva som er viktig for deg"),
    "offer_clarification": _("Svar på tilbudet om avklaringsforløp"),
}
GOAL_STATES: dict[str, tuple[Words, str]] = {
    "active": (_("I gang"), "info"),
    "reached": (_("Nådd"), "success"),
    "partly": (_("Delvis nådd"), "korn"),
    "not_reached": (_("Ikke nådd"), "neutral"),
}
MANDATE_KINDS: dict[str, Words] = {
    "power_of_attorney": _("fullmakt"),
    "guardian": _("verge"),
    "parent": _("foreldreansvar"),
}
