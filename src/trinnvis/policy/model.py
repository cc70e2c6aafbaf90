"""The policy document (vedtatt politikk): one immutable object holding everything a council adopted.

Every row that can change with time is `Dated`; every row that states a fact from outside is `Sourced`.
Read a document with `policy.loading.load_folder`; read the one in force with `policy.queries.policy_at`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from trinnvis.policy.contact import is_email, is_web_address
from trinnvis.policy.criteria import CriteriaTree
from trinnvis.policy.missing import NoRule as NoRule
from trinnvis.policy.missing import found
from trinnvis.policy.provenance import Code, Dated, Frozen, Sourced, Text


class DecisionFlag(StrEnum):
    """Whether a step or service needs a decision (vedtak)."""

    NONE = "none"
    MIXED = "mixed"
    REQUIRED = "required"


class Step(Frozen):
    """One step (trinn) of the ladder of effort (innsatstrapp)."""

    number: int = Field(ge=1)
    title: Text
    caption: Text
    decision: DecisionFlag
    usual_housing: tuple[int, ...]
    occasional_housing: tuple[int, ...] = ()
    municipality_offers: tuple[Text, ...]
    expects_of_citizen: tuple[Text, ...]
    citizen_text: Text
    band: str = ""
    band_note: str = ""


class HousingStep(Frozen):
    """One step of the housing ladder (boligtrapp); step 1 is the better private dwelling."""

    number: int = Field(ge=1)
    title: Text
    caption: Text
    citizen_text: Text


class Ladder(Sourced):
    title: Text
    steps: tuple[Step, ...] = Field(min_length=1)


class HousingLadder(Sourced):
    title: Text
    steps: tuple[HousingStep, ...] = Field(min_length=1)


class DecisionKind(StrEnum):
    """What kind of answer a service is granted by."""

    NONE = "none"  # lavterskel: no decision
    INDIVIDUAL = "individual"  # enkeltvedtak, fvl kap. IV-V
    INDIVIDUAL_OVER_TWO_WEEKS = "individual_over_two_weeks"  # pbrl § 2-7: only when expected > 2 weeks
    LOCAL = "local"  # written answer by local custom, not an enkeltvedtak by law
    RIGHT = "right"  # a right without application (koordinator, individuell plan)


class AmountUnit(StrEnum):
    """The unit an amount of a service is granted in."""

    HOURS_PER_WEEK = "hours_per_week"
    VISITS_PER_WEEK = "visits_per_week"
    DAYS_PER_WEEK = "days_per_week"
    PORTIONS_PER_WEEK = "portions_per_week"
    DAYS = "days"  # a stay of so many days (døgn)
    PLACES = "places"  # a permanent place, priced per day
    PIECES = "pieces"  # devices, priced per month
    MONTHS = "months"  # e.g. a lease or a cash benefit per month
    TIMES = "times"  # one-off, e.g. a home visit


class Description(Frozen):
    """The seven headings of a service description (tjenestebeskrivelse)."""

    goal: Text
    who: Text
    covered: tuple[Text, ...] = Field(min_length=1)
    not_covered: tuple[Text, ...]
    you_can_expect: tuple[Text, ...] = Field(min_length=1)
    we_expect_of_you: tuple[Text, ...] = Field(min_length=1)
    price: Text


class Service(Sourced):
    """One service (tjeneste) on the ladder."""

    code: Code
    title: Text
    also_called: tuple[Text, ...] = ()  # what people say instead of the title
    summary: Text
    steps: tuple[int, ...] = Field(min_length=1)
    kpr: str | None = None
    decision: DecisionKind
    legal_bases: tuple[Code, ...] = ()
    party: Literal["citizen", "next_of_kin"] = "citizen"
    unit: AmountUnit
    provider: Code  # Unit.code
    criteria: Code | None = None  # CriteriaTree.code
    description: Description
    usable_today: bool = False  # a low-step offer one can use without asking
    how_to_start: str = ""
    is_technology: bool = False
    letter_title: str = ""  # what letters call it, where the title says more than one decision is about
    instead: tuple[
        Code, ...
    ] = ()  # services to name in a refusal; none: the offers nearest below on the ladder

    @property
    def title_in_letters(self) -> str:
        return self.letter_title or self.title


class PriceRow(Sourced):
    """What one unit of a service costs the municipality, and what the citizen pays (egenandel).

    `hours` holds all working hours by profession per unit, with travel and other indirect time; `travel` and
    `indirect` are how much of them goes to the road and to reports, meetings and the like. Both empty means
    that nobody has divided the hours. `fixed_nok` is the part of `nok` that stays when one unit less is used;
    None means that nobody has said. For PLACES, PIECES and MONTHS the figures are per day, month and month.
    """

    service: Code
    unit: AmountUnit
    per: Literal["hour", "visit", "day", "portion", "month", "time"]
    nok: Decimal = Field(ge=0)
    hours: dict[Code, Decimal] = {}
    travel: dict[Code, Decimal] = {}
    indirect: dict[Code, Decimal] = {}
    fixed_nok: Decimal | None = Field(default=None, ge=0)
    fee_nok: Decimal = Field(default=Decimal(0), ge=0)
    fee_note: str = ""
    places: Decimal = Field(default=Decimal(0), ge=0)  # full-time places one unit occupies
    price_year: int
    low: Decimal | None = None
    high: Decimal | None = None


class Price(Dated, PriceRow):
    """A price row valid from a date."""


class PriceListRule(Sourced):
    """Who may adopt a price list (prisliste), and whether that must be another than its last editor."""

    roles: tuple[Code, ...] = Field(min_length=1)
    two_persons: bool


class WorkYear(Dated, Sourced):
    """Effective hours of one person-year (årsverk)."""

    hours: Decimal = Field(gt=0)


class LegalBasis(Dated, Sourced):
    """A paragraph (hjemmel) with its substance in plain words and the appeal rule that follows from it."""

    code: Code
    act: Text
    short: Text
    paragraph: Text
    title: Text
    substance: Text
    appeal_rule: Code | None = None  # DeadlineRule.code


class Length(Frozen):
    number: int = Field(ge=0)
    unit: Literal["days", "working_days", "weeks", "months", "years"]


class DeadlineRule(Dated, Sourced):
    """A deadline (frist): how long from what, and whether it rolls off Saturdays and holidays."""

    code: Code
    title: Text
    trigger: Text
    length: Length
    rolls_to_working_day: bool
    legal_basis: str
    body: str = ""  # who the appeal goes to, for appeal rules
    explanation: Text


class NeedKind(Frozen):
    """A kind of open need (behov) in a case: what must be cleared, by whom, by when."""

    code: Code
    title: Text
    help: Text
    roles: tuple[Code, ...]
    deadline: Code | None = None  # DeadlineRule.code
    deadline_from: Literal["enquiry", "application", "case", "need"] = "need"
    two_persons: bool = False
    skipped_on_fast_track: bool = False


class CodeListEntry(Frozen):
    code: Code
    title: Text
    help: str = ""


class CodeList(Dated, Sourced):
    """A versioned code list, e.g. the function variables of KPR."""

    code: Code
    title: Text
    version: Text
    entries: tuple[CodeListEntry, ...] = Field(min_length=1)


class Instrument(Sourced):
    """A measurement (COPM, SPPB): range and the smallest change that matters. Item texts are not shipped."""

    code: Code
    title: Text
    parts: tuple[CodeListEntry, ...]
    low: Decimal
    high: Decimal
    step: Decimal
    relevant_change: Decimal


class Topic(Frozen):
    """A topic of the assessment, asked of the citizen and of the professional side by side."""

    code: Code
    title: Text
    citizen_question: Text
    professional_question: Text
    kind: Literal["wish", "own", "network", "home", "technology", "health", "other"]


class Unit(Frozen):
    """A unit (enhet) of the municipality."""

    code: Code
    title: Text
    phone: str = ""
    address: str = ""
    opening_hours: str = ""
    sector: Text


class Statement(Frozen):
    code: Code
    text: Text
    title: str = ""


class Municipality(Frozen):
    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    name: Text
    adopted_document: Text
    phone: Text
    email: str = ""
    address: Text
    website: Text
    intake_unit: Code
    appeal_body: Text
    privacy_contact: Text

    @property
    def can_be_mailed(self) -> bool:
        """Whether `email` is an address; versions adopted long ago may say something else there."""
        return is_email(self.email)

    @property
    def has_web_page(self) -> bool:
        """Whether `website` is an address a browser may safely be sent to."""
        return is_web_address(self.website)


class LetterText(Sourced):
    """A text used in letters; `{name}` fields are filled from the decision."""

    code: Code
    heading: str = ""
    body: Text


class Policy(Frozen):
    """Everything one municipality has adopted. Asked for a row it does not have, it raises `NoRule`."""

    title: Text
    municipality: Municipality
    effort_ladder: Ladder
    housing_ladder: HousingLadder
    services: tuple[Service, ...] = Field(min_length=1)
    criteria: tuple[CriteriaTree, ...]
    prices: tuple[Price, ...]
    work_years: tuple[WorkYear, ...]
    price_list_rule: PriceListRule | None = None
    professions: tuple[CodeListEntry, ...]
    legal_bases: tuple[LegalBasis, ...]
    deadlines: tuple[DeadlineRule, ...]
    needs: tuple[NeedKind, ...]
    code_lists: tuple[CodeList, ...]
    instruments: tuple[Instrument, ...]
    topics: tuple[Topic, ...]
    units: tuple[Unit, ...]
    statements: tuple[Statement, ...]
    tracks: tuple[Statement, ...]
    quality_criteria: tuple[Statement, ...]
    next_of_kin_areas: tuple[Statement, ...]
    letter_texts: tuple[LetterText, ...]

    def step(self, number: int) -> Step:
        return found((s for s in self.effort_ladder.steps if s.number == number), number)

    def housing_step(self, number: int) -> HousingStep:
        return found((s for s in self.housing_ladder.steps if s.number == number), number)

    def service(self, code: str) -> Service:
        return found((s for s in self.services if s.code == code), code)

    def services_on(self, step: int) -> tuple[Service, ...]:
        return tuple(s for s in self.services if step in s.steps)

    def criteria_tree(self, code: str) -> CriteriaTree:
        return found((t for t in self.criteria if t.code == code), code)

    def unit(self, code: str) -> Unit:
        return found((u for u in self.units if u.code == code), code)

    def need_kind(self, code: str) -> NeedKind:
        return found((n for n in self.needs if n.code == code), code)

    def topic(self, code: str) -> Topic:
        return found((t for t in self.topics if t.code == code), code)

    def instrument(self, code: str) -> Instrument:
        return found((i for i in self.instruments if i.code == code), code)

    def letter_text(self, code: str) -> LetterText:
        return found((t for t in self.letter_texts if t.code == code), code)

    def legal_basis(self, code: str, on: date) -> LegalBasis:
        return found((b for b in self.legal_bases if b.code == code and b.is_valid(on)), code, on)

    def deadline(self, code: str, on: date) -> DeadlineRule:
        return found((d for d in self.deadlines if d.code == code and d.is_valid(on)), code, on)

    def code_list(self, code: str, on: date) -> CodeList:
        return found((c for c in self.code_lists if c.code == code and c.is_valid(on)), code, on)

    def price(self, service: str, unit: AmountUnit, on: date) -> Price | None:
        """The price in force, or None where the municipality has set none: never a guess."""
        rows = (p for p in self.prices if p.service == service and p.unit == unit and p.is_valid(on))
        return next(rows, None)

    def work_year(self, on: date) -> WorkYear:
        return found((w for w in self.work_years if w.is_valid(on)), "work_years", on)
