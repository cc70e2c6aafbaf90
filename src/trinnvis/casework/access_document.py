"""Writes docs/access.md from the tables the program obeys: `python scripts/access_document.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trinnvis.access.models import StaffRole
from trinnvis.access.rules import CASE_RULES, DECISION_RULES, ENQUIRY_RULES, PERSON_RULES, SAME, AccessRule
from trinnvis.casework.rules.actions import RULES

HATS = {"citizen": "innbygger", "representative": "representant", **dict(StaffRole.Role.choices)}
RELATIONS = {
    "own": "det gjelder en selv",
    "may_read_for": "har gyldig fullmakt til å lese",
    "may_write_for": "har gyldig fullmakt til å lese og skrive",
    "assigned": "har saken",
    "decided": "har avgjort et vedtak i saken",
    "open_in_unit": "har rollen i enheten som har saken, og saken er åpen",
    "recently_closed_in_unit": "har rollen i enheten, og saken ble avsluttet nylig",
    "in_unit": "har rollen i enheten som har eller hadde saken",
    "in_open_team": "er med i avklaringsteamet, og saken er åpen",
    "party_to": "vedtaket er sendt og er til en selv som pårørende",
    "reads_for_party": "har gyldig fullmakt til å lese for den vedtaket er til, og det er sendt",
    "sent_it": "har sendt henvendelsen fra Min side",
    "comes_to_unit": "har rollen i enheten som tar imot, og henvendelsen er ikke blitt sak",
    "case_to_work_on": "kan se en sak det gjelder, som ansatt",
    "enquiry_to_work_on": "kan se en henvendelse det gjelder, som ansatt",
    "gave_reason": "har nylig oppgitt en grunn, som innbyggeren kan lese",
    "found_in_search": "søker på navn eller fødselsnummer, og ser navn, fødselsdato og tettsted",
}
INTRODUCTION = """\
# Hvem kan se og gjøre hva

Denne siden er laget av tabellene programmet følger, og en test feiler når den ikke stemmer med dem.
Lag den på nytt med `python scripts/access_document.py`.

Ingen ser egne eller nære pårørendes saker som ansatt (fvl § 6). En rolle gjelder bare i sin egen enhet og i
den tiden den er gitt. Den som ikke står i tabellene, for eksempel ledere, planleggere, politikere og
administratorer, ser summer og aldri saker. Alle oppslag som ikke gjelder en selv, står i innbyggerens
innsynslogg, også de som ble avvist. Det en ikke kan se, svarer 404, akkurat som det som ikke finnes.
"""


def as_markdown() -> str:
    """The whole document, ending with a line break."""
    parts = (
        [INTRODUCTION, "## Hvem ser en sak\n"],
        _access(CASE_RULES),
        ["", "## Hvem ser et vedtak uten å se saken\n"],
        _access(DECISION_RULES),
        ["", "## Hvem ser en henvendelse\n"],
        _access(ENQUIRY_RULES),
        ["", "## Hvem ser opplysningene om en innbygger\n"],
        _access(PERSON_RULES),
        ["", "## Hvem kan gjøre hva i en sak\n"],
        ["Handlingen må også være mulig der saken står; da sier programmet hvorfor ikke.\n"],
        _actions(),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _access(rules: Iterable[AccessRule]) -> Iterator[str]:
    yield "| kode | slik innbyggeren leser det | roller | når | kan handle som |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        acts = "sin rolle" if rule.acts_as == SAME else HATS.get(rule.acts_as, "–")
        roles = _named(rule.roles) if rule.roles is not None else "innbygger"
        yield f"| `{rule.code}` | {rule.title} | {roles} | {RELATIONS[rule.relation]} | {acts} |"


def _actions() -> Iterator[str]:
    yield "| kode | handling | hvem | behov den løser |"
    yield "|---|---|---|---|"
    for rule in RULES:
        need = f"`{rule.need}`" if rule.need else "–"
        yield f"| `{rule.code}` | {rule.title} | {_named(rule.hats)} | {need} |"


def _named(codes: Iterable[str]) -> str:
    held = set(codes)
    return ", ".join(name for code, name in HATS.items() if code in held)
