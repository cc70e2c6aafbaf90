"""What a decision (vedtak) must hold before it goes on, named one by one (fvl §§ 23–25, pbrl § 3-1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from trinnvis.casework.errors import Missing
from trinnvis.marking import gettext_noop as _
from trinnvis.policy.model import DecisionKind, Policy

from .answered import as_answered, departs
from .bounds import REVIEWED, period_faults
from .criteria import Walk
from .lines import Line, Translate, line_faults, same_place_again, service_of
from .paper import TEXTS, unprintable_parts
from .party import CITIZEN, NEXT_OF_KIN, party_of
from .wording import in_own_words, money_words, standard_texts

KINDS = ("grant", "part", "refusal")
NEEDS_LAW = frozenset({DecisionKind.INDIVIDUAL, DecisionKind.INDIVIDUAL_OVER_TWO_WEEKS})
Fault = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """A decision as written so far; every field may be empty.

    `party`: key of the next of kin it is to, None when it is to the person the case is about.
    """

    kind: str = "grant"
    party: int | None = None
    citizen_wish: str = ""
    wish_weighed: str = ""
    goal: str = ""
    facts: str = ""
    reasons: str = ""
    refused: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    lines: tuple[Line, ...] = ()

    def numbered(self, *, granted: bool) -> list[tuple[str, Line]]:
        """The granted, or the refused, lines with the form field each belongs to."""
        return [(f"lines-{i}", line) for i, line in enumerate(self.lines) if line.granted == granted]

    def texts(self, *names: str) -> Iterator[tuple[str, str]]:
        """These fields with what is written in them, then each line's reason."""
        yield from ((name, getattr(self, name)) for name in names)
        yield from ((f"lines-{i}-reason", line.reason) for i, line in enumerate(self.lines))


def missing_parts(
    draft: Draft,
    policy: Policy,
    on: date,
    *,
    criteria_reached: Collection[str],
    walks: Mapping[str, Walk] | None = None,
    translate: Translate = str,
) -> tuple[Missing, ...]:
    """Everything that keeps a decision from being submitted on a date; () when it is complete.

    `criteria_reached`: services whose criteria have been answered to the end. `walks`: how far the answers
    about each service lead.
    """
    walks = walks or {}
    told = chain(
        _words(draft, policy),
        _period(draft, on),
        _lines_fill_the_period(draft),
        _kind(draft),
        _party(draft, policy),
        _law(draft, policy, on, criteria_reached, walks),
        _departures(draft, walks),
    )
    found = [Missing(field, translate(message)) for field, message in told]
    for field, line in draft.numbered(granted=True):
        found += line_faults(line, policy, on, field, translate)
    found += same_place_again(draft.numbered(granted=True), translate)
    for field, line in draft.numbered(granted=False):
        if service_of(policy, line.service) is None:
            found.append(Missing(f"{field}-service", translate(_("Velg tjenesten som avslås."))))
    return (*found, *_money(draft, translate), *unprintable_parts(draft.texts(*TEXTS), translate))


def _words(draft: Draft, policy: Policy) -> Iterator[Fault]:
    if not draft.citizen_wish.strip():
        yield "citizen_wish", _("Skriv hva innbyggeren selv ønsker.")
    if not draft.wish_weighed.strip():
        yield "wish_weighed", _("Skriv hvordan innbyggerens ønske er vektlagt.")
    elif draft.wish_weighed.strip() == draft.citizen_wish.strip():
        yield "wish_weighed", _("Ønsket er gjentatt. Skriv hvordan det er vektlagt.")
    if draft.kind != "refusal" and not draft.goal.strip():
        yield "goal", _("Skriv målet med hjelpen.")
    borrowed = [*standard_texts(policy), draft.citizen_wish, draft.facts, draft.goal]
    if not draft.reasons.strip():
        yield "reasons", _("Skriv begrunnelsen med egne ord.")
    elif not in_own_words(draft.reasons, borrowed):
        yield (
            "reasons",
            _("Skriv begrunnelsen med egne ord, og knytt den til denne personen. Standardtekst er ikke nok."),
        )


def _period(draft: Draft, on: date) -> Iterator[Fault]:
    first, last, review = draft.starts_on, draft.ends_on, draft.review_on
    yield from period_faults(first, last, on)
    if review and (fault := REVIEWED.fault(review, first or on)):
        yield "review_on", fault
    if draft.kind != "refusal":
        if first is None:
            yield "starts_on", _("Skriv når vedtaket gjelder fra.")
        if last is None and review is None:
            yield "ends_on", _("Skriv når vedtaket slutter, eller når det skal vurderes på nytt.")
    if first and last and last < first:
        yield "ends_on", _("Vedtaket slutter før det starter.")
    if first and review and review < first:
        yield "review_on", _("Datoen for ny vurdering er før vedtaket starter.")
    if last and review and review > last:
        yield "review_on", _("Datoen for ny vurdering er etter at vedtaket er slutt.")
    for field, line in draft.numbered(granted=True):
        if first and line.starts_on and line.starts_on < first:
            yield f"{field}-starts_on", _("Tjenesten starter før vedtaket gjelder.")
        if last and ((line.ends_on and line.ends_on > last) or (line.starts_on and line.starts_on > last)):
            yield f"{field}-ends_on", _("Tjenesten varer lenger enn vedtaket.")


def _lines_fill_the_period(draft: Draft) -> Iterator[Fault]:
    """The letter tells one period: something must begin when it does, and last until the review."""
    lines = [line for _field, line in draft.numbered(granted=True)]
    starts = [line.starts_on for line in lines if line.starts_on]
    if draft.starts_on and starts and len(starts) == len(lines) and min(starts) > draft.starts_on:
        yield "starts_on", _("Ingen av tjenestene starter når vedtaket gjelder fra. Rett den ene datoen.")
    ends = [line.ends_on for line in lines if line.ends_on]
    ended = max(ends) if ends and len(ends) == len(lines) else None
    if draft.ends_on is None and ended and draft.review_on and ended < draft.review_on:
        yield "review_on", _("Alle tjenestene er slutt før vedtaket skal vurderes på nytt. Rett en dato.")


def _kind(draft: Draft) -> Iterator[Fault]:
    granted, refused = draft.numbered(granted=True), draft.numbered(granted=False)
    if draft.kind not in KINDS:
        yield "kind", _("Velg om søknaden innvilges, innvilges delvis eller avslås.")
    if draft.kind in ("grant", "part") and not granted:
        yield "lines", _("Legg til minst én tjeneste som innvilges.")
    if draft.kind == "grant" and (refused or draft.refused.strip()):
        yield "kind", _("Noe er avslått. Velg delvis innvilgelse, eller ta bort det som er avslått.")
    if draft.kind == "refusal" and granted:
        yield "kind", _("Noe er innvilget. Velg delvis innvilgelse, eller ta bort det som er innvilget.")
    if draft.kind == "refusal" and not refused:
        yield "lines", _("Legg til tjenesten som avslås.")
    if draft.kind in ("part", "refusal") and not draft.refused.strip():
        yield "refused", _("Skriv hva som avslås, og hvorfor.")


def _party(draft: Draft, policy: Policy) -> Iterator[Fault]:
    parties = {party_of(policy, line.service) for line in draft.lines} - {""}
    if len(parties) > 1:
        yield (
            "lines",
            _(
                "Noe er til innbyggeren og noe til pårørende, og de skal ha hvert sitt vedtak. "
                "Ta bort linjene til den ene, og skriv et nytt vedtak om dem når dette er sendt."
            ),
        )
    elif parties == {NEXT_OF_KIN} and draft.party is None:
        yield "party", _("Tjenesten er til pårørende. Velg hvilken pårørende vedtaket er til.")
    elif parties == {CITIZEN} and draft.party is not None:
        yield "party", _("Tjenesten er til innbyggeren selv. Velg innbyggeren.")


def _departures(draft: Draft, walks: Mapping[str, Walk]) -> Iterator[Fault]:
    """The individual assessment decides; but where it departs from the criteria it says why (fvl § 25)."""
    for i, line in enumerate(draft.lines):
        if line.reason.strip() or not departs(walks.get(line.service), granted=line.granted):
            continue
        if line.granted:
            yield f"lines-{i}-reason", _("Kriteriene er ikke oppfylt. Skriv hvorfor svaret likevel er ja.")
        else:
            yield f"lines-{i}-reason", _("Kriteriene er oppfylt. Skriv hvorfor svaret likevel er nei.")


def _law(
    draft: Draft,
    policy: Policy,
    on: date,
    criteria_reached: Collection[str],
    walks: Mapping[str, Walk],
) -> Iterator[Fault]:
    valid = {basis.code for basis in policy.legal_bases if basis.is_valid(on)}
    for i, line in enumerate(draft.lines):
        service = service_of(policy, line.service)
        if service is None:
            continue
        walk = walks.get(service.code)
        service = as_answered(service, policy, walk.path if walk else ())
        needs_law = service.decision in NEEDS_LAW or service.legal_bases
        if needs_law and not valid & set(service.legal_bases):
            yield f"lines-{i}-service", _("Tjenesten har ingen hjemmel som gjelder på denne datoen.")
        if service.criteria and service.code not in criteria_reached:
            yield (
                f"lines-{i}-service",
                _(
                    "Kriteriene for tjenesten er ikke besvart. "
                    "Ta den med i et alternativ, og svar på kriteriene der."
                ),
            )


def _money(draft: Draft, translate: Translate) -> Iterator[Missing]:
    for field, text in draft.texts("wish_weighed", "reasons", "refused"):
        if words := money_words(text):
            why = translate(_("Penger og kapasitet kan ikke begrunne et vedtak. Ta ut: {words}."))
            yield Missing(field, why.format(words=", ".join(f"«{word}»" for word in words)))
