"""Who may see what, and as what: tables read by lists, guards, the read log and the docs.

A row grants on a `relation` between the actor and the thing; `casework.queries` says in SQL what each
relation is. Rows with `roles` are for staff, and never count for someone who is party or kin
(inhabilitet, fvl § 6). Whoever has no row here (managers, planners, politicians, administrators) sees sums,
never cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from trinnvis.marking import gettext_noop as _

Relation = Literal[
    "own",
    "may_read_for",
    "may_write_for",
    "assigned",
    "decided",
    "open_in_unit",
    "recently_closed_in_unit",
    "in_unit",
    "in_open_team",
    "sent_it",
    "party_to",
    "reads_for_party",
    "comes_to_unit",
    "case_to_work_on",
    "enquiry_to_work_on",
    "gave_reason",
    "found_in_search",
]
SAME = "same"  # `acts_as` of a row that lets the actor act in the roles it was granted on

INTAKE = "intake"
CASE_WORKER = "case_worker"
DECISION_MAKER = "decision_maker"
LAWYER = "lawyer"
PROVIDER = "provider"
MANAGER = "manager"
ECONOMIST = "economist"
PLANNER = "planner"
POLITICIAN = "politician"
CASEWORK_ROLES = frozenset({INTAKE, CASE_WORKER, DECISION_MAKER, LAWYER})
PROFESSIONAL_ROLES = CASEWORK_ROLES | {PROVIDER}
PLANNING_ROLES = frozenset({MANAGER, ECONOMIST, PLANNER})  # may change plans, prices and budgets
PLAN_READERS = PLANNING_ROLES | {POLITICIAN}  # may read them; they hold sums, never cases


@dataclass(frozen=True)
class AccessRule:
    """One ground for seeing a thing. `title` is how the citizen reads it in the read log (innsynslogg).

    `roles`: the staff roles it is for, or None for a citizen. `acts_as`: the hat it gives in
    `casework.rules.actions`: a named one, `SAME` for the roles held in the case's unit, "" for looking only.
    """

    code: str
    title: str
    relation: Relation
    roles: frozenset[str] | None = None
    acts_as: str = ""


OWN = "own"

CASE_RULES: tuple[AccessRule, ...] = (
    AccessRule(OWN, _("Saken er din egen"), "own", acts_as="citizen"),
    AccessRule(
        "representative",
        _("Kan skrive på dine vegne (fullmakt, verge eller foreldreansvar)"),
        "may_write_for",
        acts_as="representative",
    ),
    AccessRule(
        "reader_on_behalf",
        _("Kan lese på dine vegne (fullmakt, verge eller foreldreansvar)"),
        "may_read_for",
    ),
    AccessRule("assigned", _("Har ansvaret for saken din"), "assigned", CASEWORK_ROLES, SAME),
    AccessRule("team", _("Er med i teamet rundt deg"), "in_open_team", PROFESSIONAL_ROLES, PROVIDER),
    AccessRule("decided", _("Har avgjort saken din"), "decided", frozenset({DECISION_MAKER})),
    AccessRule(
        "unit",
        _("Arbeider med saker i enheten som har saken din"),
        "open_in_unit",
        CASEWORK_ROLES,
        SAME,
    ),
    AccessRule(
        "unit_recent",
        _("Arbeider i enheten som nylig avsluttet saken din"),
        "recently_closed_in_unit",
        CASEWORK_ROLES,
        SAME,
    ),
    AccessRule("lawyer", _("Er jurist i enheten som hadde saken din"), "in_unit", frozenset({LAWYER}), SAME),
)
ENQUIRY_RULES: tuple[AccessRule, ...] = (
    AccessRule(OWN, _("Henvendelsen gjelder deg selv"), "own"),
    AccessRule("sender", _("Sendte henvendelsen"), "sent_it"),
    AccessRule(
        "reader_on_behalf",
        _("Kan lese på dine vegne (fullmakt, verge eller foreldreansvar)"),
        "may_read_for",
    ),
    AccessRule("intake", _("Tar imot henvendelser til kommunen"), "comes_to_unit", CASEWORK_ROLES),
    AccessRule("case", _("Arbeider med saken din"), "case_to_work_on", PROFESSIONAL_ROLES),
)
DECISION_RULES: tuple[AccessRule, ...] = (  # without seeing the case, and only when it is sent
    AccessRule("party", _("Er part i vedtaket som pårørende"), "party_to"),
    AccessRule("reads_for_party", _("Kan lese på vegne av en pårørende som er part"), "reads_for_party"),
)
FOUND = "found"  # a hit in a search: name, age and place, nothing more
REASON = "reason"  # the look at which a reason was given; it opens the file for a while
REASON_LASTS = timedelta(hours=1)
PERSON_RULES: tuple[AccessRule, ...] = (
    AccessRule("open_case", _("Arbeider med saken din"), "case_to_work_on", CASEWORK_ROLES),
    AccessRule("open_enquiry", _("Arbeider med en henvendelse om deg"), "enquiry_to_work_on", CASEWORK_ROLES),
    AccessRule(REASON, _("Oppga en grunn for å se opplysningene dine"), "gave_reason", CASEWORK_ROLES),
    AccessRule(
        "within_reason",
        _("Hadde oppgitt en grunn for å se opplysningene dine"),
        "gave_reason",
        CASEWORK_ROLES,
    ),
    AccessRule(
        FOUND, _("Lette etter en innbygger, og du var blant treffene"), "found_in_search", CASEWORK_ROLES
    ),
)
BY_CODE = {rule.code: rule for rule in (*ENQUIRY_RULES, *CASE_RULES, *DECISION_RULES, *PERSON_RULES)}


def title_of(code: str) -> str:
    """A basis in words; a code that is no longer in the table is shown as it was written."""
    rule = BY_CODE.get(code)
    return rule.title if rule else code


def hats_given(granting: Iterable[AccessRule], roles_in_unit: frozenset[str]) -> frozenset[str]:
    """The hats an actor wears in a case: from the rules that grant it and the roles held in its unit."""
    worn: set[str] = set()
    for rule in granting:
        if rule.acts_as == SAME:
            worn |= roles_in_unit & (rule.roles or frozenset())
        elif rule.acts_as:
            worn.add(rule.acts_as)
    return frozenset(worn)
