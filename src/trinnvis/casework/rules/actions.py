"""What can be done in a case now, by whom, and why not: one table for buttons, services, API and docs.

Each row names the hats (roles seen from this case) that may act, the need it clears, and what must hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trinnvis.access.actor import Actor
from trinnvis.marking import gettext_noop as _

from .state import BEFORE_DECISION, CaseState

CITIZEN = frozenset({"citizen", "representative"})
WORKERS = frozenset({"case_worker", "lawyer", "decision_maker"})
TEAM = WORKERS | {"intake", "provider"}


@dataclass(frozen=True)
class Check:
    """A condition and what to tell the one who meets it unfulfilled."""

    holds: Callable[[CaseState, Actor], bool]
    why_not: str


@dataclass(frozen=True)
class Rule:
    code: str
    title: str
    hats: frozenset[str]
    checks: tuple[Check, ...] = ()
    need: str | None = None  # the NeedKind it works on


@dataclass(frozen=True)
class Action:
    """One row of the answer: may the actor do it now; if not, why."""

    code: str
    title: str
    allowed: bool
    why_not: str = ""
    need: str | None = None


def _draft(state: CaseState) -> bool:
    return state.decision is not None and state.decision.state == "draft"


def _in_state(*names: str) -> Callable[[CaseState, Actor], bool]:
    return lambda state, _actor: state.decision is not None and state.decision.state in names


def _wrote_it(state: CaseState, actor: Actor) -> bool:
    return state.decision is not None and state.decision.written_by(actor.account_id)


def _no_need_open(*kinds: str) -> Callable[[CaseState, Actor], bool]:
    return lambda state, _actor: not any(state.is_open(kind) for kind in kinds)


OPEN = Check(lambda s, a: not s.closed, _("Saken er avsluttet."))
NOT_DECIDING = Check(
    lambda s, a: s.decision is None or s.decision.state in ("draft", "sent"),
    _("Vedtaket er sendt til godkjenning. Få det i retur før du endrer grunnlaget."),
)
NEED_WRITTEN = Check(
    lambda s, a: not s.is_open("assess") and (s.professional_voice or s.track == "fast"),
    _("Skriv og fullfør vurderingen av behovet først. Timer og kroner vises etterpå."),
)

RULES: tuple[Rule, ...] = (
    Rule("assign", _("Ta saken"), WORKERS | {"intake"}, (OPEN,)),
    Rule("move", _("Flytt saken til en annen enhet"), WORKERS | {"intake"}, (OPEN, NOT_DECIDING)),
    Rule("note", _("Skriv et notat"), TEAM, (OPEN,)),
    Rule(
        "apply",
        _("Søk om tjeneste"),
        CITIZEN | WORKERS | {"intake"},
        (OPEN, Check(lambda s, a: not s.applied or s.decided, _("Søknaden er allerede registrert."))),
    ),
    Rule(
        "give_help_now",
        _("Bekreft at hjelpen er i gang"),
        TEAM,
        (
            OPEN,
            Check(lambda s, a: s.is_open("give_help_now"), _("Det er ikke meldt behov for hjelp straks.")),
        ),
        "give_help_now",
    ),
    Rule(
        "set_fast_track",
        _("Marker som alvorlig syk"),
        TEAM,
        (OPEN, Check(lambda s, a: s.track != "fast", _("Saken er allerede merket."))),
    ),
    Rule("citizen_words", _("Skriv i vurderingen"), CITIZEN, (OPEN,), "hear_citizen"),
    Rule(
        "note_citizen_words",
        _("Skriv ned innbyggerens egne ord"),
        WORKERS | {"intake"},
        (OPEN,),
        "hear_citizen",
    ),
    Rule(
        "confirm_heard",
        _("Bekreft at innbyggeren er hørt"),
        WORKERS | {"intake"},
        (
            OPEN,
            Check(lambda s, a: s.is_open("hear_citizen"), _("Det er alt bekreftet at innbyggeren er hørt.")),
            Check(lambda s, a: s.citizen_wish, _("Skriv først ned hva som er viktig for innbyggeren.")),
        ),
        "hear_citizen",
    ),
    Rule("professional_words", _("Skriv faglig vurdering"), TEAM, (OPEN, NOT_DECIDING), "assess"),
    Rule("score", _("Sett funksjonsvariabler"), TEAM, (OPEN, NOT_DECIDING), "assess"),
    Rule("housing", _("Sett boligtrinn"), TEAM, (OPEN, NOT_DECIDING), "assess"),
    Rule("capacity", _("Vurder samtykkekompetanse"), WORKERS, (OPEN, NOT_DECIDING), "consent_capacity"),
    Rule("goal", _("Skriv et mål"), CITIZEN | TEAM, (OPEN,)),
    Rule("evaluate_goal", _("Si om målet er nådd"), CITIZEN | TEAM, (OPEN,)),
    Rule("measure", _("Registrer måling"), TEAM, (OPEN,)),
    Rule(
        "offer_clarification",
        _("Tilby avklaringsforløp"),
        WORKERS | {"intake"},
        (
            OPEN,
            Check(lambda s, a: s.clarification == "", _("Avklaringsforløp er allerede tilbudt.")),
            Check(lambda s, a: s.track != "fast", _("Alvorlig syke skal ikke gjennom avklaringsforløp.")),
            Check(lambda s, a: s.track != "advice", _("Saken gjelder bare råd og veiledning.")),
        ),
        "offer_clarification",
    ),
    Rule(
        "skip_clarification",
        _("Ikke aktuelt med avklaringsforløp"),
        WORKERS,
        (
            OPEN,
            Check(
                lambda s, a: s.is_open("offer_clarification"), _("Avklaringsforløp er ikke et åpent behov.")
            ),
            Check(
                lambda s, a: s.clarification == "",
                _("Avklaringsforløp er allerede tilbudt. Noter svaret i stedet."),
            ),
        ),
        "offer_clarification",
    ),
    Rule(
        "answer_clarification",
        _("Svar på tilbudet om avklaring"),
        CITIZEN | WORKERS,
        (
            OPEN,
            Check(  # someone who said no may change their mind
                lambda s, a: s.clarification in ("offered", "declined"),
                _("Det er ikke noe tilbud å svare på."),
            ),
        ),
        "offer_clarification",
    ),
    Rule(
        "team",
        _("Sett sammen teamet"),
        WORKERS | {"intake"},
        (
            OPEN,
            Check(
                lambda s, a: s.clarification in ("offered", "running"),
                _("Det er ikke noe avklaringsforløp å sette sammen et team for."),
            ),
        ),
        "run_clarification",
    ),
    Rule(
        "end_clarification",
        _("Avslutt avklaringsforløpet"),
        TEAM,
        (
            OPEN,
            Check(lambda s, a: s.clarification == "running", _("Det er ikke noe avklaringsforløp i gang.")),
        ),
        "run_clarification",
    ),
    Rule(
        "complete_assessment",
        _("Fullfør vurderingen"),
        WORKERS,
        (OPEN, NOT_DECIDING, Check(lambda s, a: s.is_open("assess"), _("Vurderingen er allerede fullført."))),
        "assess",
    ),
    Rule(
        "reopen_assessment",
        _("Gjenåpne vurderingen"),
        WORKERS,
        (OPEN, NOT_DECIDING, Check(lambda s, a: not s.is_open("assess"), _("Vurderingen er allerede åpen."))),
    ),
    Rule(
        "alternatives",
        _("Sammenlign alternativer"),
        WORKERS,
        (OPEN, NOT_DECIDING, NEED_WRITTEN),
        "compare_alternatives",
    ),
    Rule(
        "comment_alternative",
        _("Si hva du mener om alternativene"),
        CITIZEN,
        (OPEN, Check(lambda s, a: s.alternatives > 0, _("Det er ikke skrevet alternativer ennå."))),
    ),
    Rule(
        "criteria",
        _("Svar på kriteriene"),
        WORKERS,
        (
            OPEN,
            NOT_DECIDING,
            Check(
                lambda s, a: s.alternatives > 0 or s.decision is not None,
                _("Legg inn alternativene først. De avgjør hvilke kriterier som gjelder."),
            ),
        ),
        "answer_criteria",
    ),
    Rule(
        "draft_decision",
        _("Skriv vedtaket"),
        WORKERS,
        (
            OPEN,
            NEED_WRITTEN,
            Check(
                lambda s, a: s.decision is None or s.decision.state in ("draft", "sent"),
                _("Vedtaket er sendt til godkjenning."),
            ),
            Check(lambda s, a: s.chosen or s.track == "fast", _("Velg et alternativ først.")),
        ),
        "draft_decision",
    ),
    Rule(
        "submit_decision",
        _("Send til godkjenning"),
        WORKERS,
        (
            OPEN,
            Check(lambda s, a: _draft(s), _("Det er ikke noe utkast til vedtak.")),
            Check(
                _no_need_open(*BEFORE_DECISION),
                _("Noe gjenstår før vedtaket kan sendes videre. Se listen over åpne behov."),
            ),
        ),
        "draft_decision",
    ),
    Rule(
        "approve_decision",
        _("Godkjenn vedtaket"),
        frozenset({"decision_maker"}),
        (
            OPEN,
            Check(_in_state("submitted"), _("Det er ikke noe vedtak til godkjenning.")),
            Check(
                lambda s, a: not s.two_persons or not _wrote_it(s, a),
                _("Du har skrevet vedtaket selv. En annen må godkjenne det."),
            ),
            Check(
                _no_need_open(*BEFORE_DECISION),
                _("Noe nytt har kommet i saken. Send vedtaket i retur og ta det med."),
            ),
        ),
        "approve",
    ),
    Rule(
        "return_decision",
        _("Send i retur"),
        frozenset({"decision_maker"}),
        (
            OPEN,
            Check(_in_state("submitted", "approved"), _("Det er ikke noe vedtak å sende i retur.")),
            Check(
                lambda s, a: not _wrote_it(s, a),
                _("Du har skrevet vedtaket selv. En annen må behandle det."),
            ),
        ),
        "approve",
    ),
    Rule(
        "withdraw_decision",
        _("Trekk vedtaket tilbake og endre det"),
        WORKERS,
        (
            OPEN,
            Check(_in_state("submitted", "approved"), _("Det er ikke noe vedtak å trekke tilbake.")),
            Check(
                _wrote_it,
                _("Bare den som skrev vedtaket, kan trekke det tilbake."),
            ),
        ),
        "draft_decision",
    ),
    Rule(
        "send_decision",
        _("Send vedtaket"),
        WORKERS,
        (
            OPEN,
            Check(_in_state("approved"), _("Vedtaket er ikke godkjent ennå.")),
            Check(
                _no_need_open(*BEFORE_DECISION),
                _("Noe nytt har kommet i saken etter godkjenningen. Send vedtaket i retur og ta det med."),
            ),
        ),
        "send_notice",
    ),
    Rule(
        "preliminary_reply",
        _("Registrer foreløpig svar"),
        WORKERS | {"intake"},
        (
            OPEN,
            Check(lambda s, a: s.is_open("preliminary_reply"), _("Det er ikke krav om foreløpig svar nå.")),
        ),
        "preliminary_reply",
    ),
    Rule(
        "close",
        _("Avslutt saken"),
        WORKERS,
        (
            OPEN,
            Check(
                lambda s, a: not s.applied or s.decided,
                _("Det er søkt om tjeneste. Saken kan ikke avsluttes før søknaden er avgjort eller trukket."),
            ),
            Check(
                lambda s, a: s.decision is None or s.decision.state == "sent", _("Vedtaket er ikke sendt.")
            ),
        ),
    ),
    Rule(
        "withdraw_application",
        _("Trekk søknaden"),
        CITIZEN,
        (OPEN, Check(lambda s, a: s.applied and not s.decided, _("Det er ingen søknad å trekke."))),
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}


def decide(rule: Rule, state: CaseState, actor: Actor, worn: frozenset[str]) -> Action:
    """Whether one rule lets the actor act now."""
    if not rule.hats & worn:
        return Action(
            rule.code, rule.title, False, _("Rollen din kan ikke gjøre dette i denne saken."), rule.need
        )
    for check in rule.checks:
        if not check.holds(state, actor):
            return Action(rule.code, rule.title, False, check.why_not, rule.need)
    return Action(rule.code, rule.title, True, "", rule.need)


def available_actions(state: CaseState, actor: Actor, worn: frozenset[str]) -> tuple[Action, ...]:
    """Every action that the actor's hats could ever do, allowed or with the reason why not now."""
    return tuple(decide(rule, state, actor, worn) for rule in RULES if rule.hats & worn)
