"""Composes the letter about a decision: the result first, then why, the law, and what the citizen can do.

The texts are the policy's; the facts are the decision's; nothing here says what the municipality spends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.casework.models import Decision
from trinnvis.casework.queries.decision_view import DecisionView, LineView
from trinnvis.formats import amount, kroner, long_date
from trinnvis.people.models import Person

from .content import LetterContent, Row, Section, Sender, Table
from .fields import fields_of

INTRO = {
    Decision.Kind.GRANT: "intro-grant",
    Decision.Kind.PART: "intro-part",
    Decision.Kind.REFUSAL: "intro-refusal",
}
Words = Callable[[str], tuple[str, str]]


LANGUAGE = "nb"  # the language the policy's texts are written in: a letter is in one language throughout


@translation.override(LANGUAGE)
def compose(view: DecisionView, recipient: Person) -> LetterContent:
    """The letter to one recipient, in the language of the policy's texts, whatever the reader's own is."""
    fields = fields_of(view, recipient.full_name)

    def words(code: str) -> tuple[str, str]:
        text = view.policy.letter_text(code)
        return text.heading.format_map(fields), text.body.format_map(fields)

    title, lead = words(INTRO[Decision.Kind(view.kind)])
    town = view.municipality
    return LetterContent(
        language=LANGUAGE,
        title=title,
        lead=(lead, *_on_behalf(view, recipient)),
        sender=Sender(
            town.name,
            view.unit.title,
            tuple(line for line in (town.name, fields["address"], fields["phone"], town.website) if line),
        ),
        recipient_name=recipient.full_name,
        recipient_address=_address(recipient),
        references=(
            (_("Dato"), long_date(view.on)),
            (_("Saksnummer"), view.case_number),
            (_("Vedtak nummer"), view.number),
            *(((_("Gjelder"), view.person.full_name),) if recipient != view.person else ()),
        ),
        sections=tuple(section for section in _sections(view, words) if section is not None),
        signatures=_signatures(view),
        keywords=(view.case_number, view.number),
    )


def _on_behalf(view: DecisionView, recipient: Person) -> tuple[str, ...]:
    if recipient == view.party:
        return ()
    said = _("Du får brevet fordi du handler for %(name)s. Der det står «du», er det %(name)s det gjelder.")
    return (said % {"name": view.party.full_name},)


def _sections(view: DecisionView, words: Words) -> Iterator[Section | None]:
    yield _extent(view, words)
    yield _refused(view)
    yield _period(view, words)
    yield _goal(view, words)
    yield _wish(view, words)
    yield _assessment(view, words)
    yield _law(view, words)
    yield _fees(view, words)
    if view.granted:
        yield _plain(words("change-clause"))
        yield _next_steps(view, words)
    yield _appeal(view, words)
    yield _plain(words(_insight(view)))
    yield _plain(words("contact"))


def _insight(view: DecisionView) -> str:
    """The code of the text: next of kin do not see the case itself. Older policies have one text for all."""
    own = "insight-next-of-kin"
    known = any(text.code == own for text in view.policy.letter_texts)
    return own if known and view.party != view.person else "insight"


def _plain(text: tuple[str, str], *more: str) -> Section:
    heading, body = text
    return Section(heading, tuple(paragraph for paragraph in (body, *more) if paragraph))


def _extent(view: DecisionView, words: Words) -> Section | None:
    if not view.granted:
        return None
    heading, body = words("extent")
    rows = tuple(
        Row((line.service.title, amount(line.amount, line.unit), long_date(line.starts_on), _until(line)))
        for line in view.granted
    )
    headings = (_("Tjeneste"), _("Hvor mye"), _("Fra"), _("Til"))
    return Section(heading, (body,), table=Table(_("Tjenestene du får, og hvor mye"), headings, rows))


def _until(line: LineView) -> str:
    return long_date(line.ends_on) if line.ends_on else _("uten sluttdato")


def _refused(view: DecisionView) -> Section | None:
    if not view.refused and not view.refused_lines:
        return None
    bullets = tuple(
        f"{line.service.title}: {line.reason}" if line.reason else line.service.title
        for line in view.refused_lines
    )
    return Section(_("Dette får du ikke"), _paragraphs(view.refused), bullets)


def _period(view: DecisionView, words: Words) -> Section | None:
    if not view.granted:
        return None
    return _plain(words("period" if view.ends_on else "period-open"))


def _goal(view: DecisionView, words: Words) -> Section | None:
    if not view.goal:
        return None
    heading, body = words("goal")
    goals = view.citizen_goals if view.party == view.person else ()  # another's own words are not theirs
    own = (_("Målene med dine egne ord:"),) if goals else ()
    return Section(heading, (body, *_paragraphs(view.goal), *own), goals)


def _wish(view: DecisionView, words: Words) -> Section | None:
    if not view.citizen_wish:
        return None
    quoted = tuple(f"«{paragraph}»" for paragraph in _paragraphs(view.citizen_wish))
    return _plain(words("wish"), *quoted, *_paragraphs(view.wish_weighed))


def _assessment(view: DecisionView, words: Words) -> Section:
    heading, body = words("criteria")
    asked = tuple(
        f"{stop.question.text} {stop.answer.label}." + (f" {stop.reason}" if stop.reason else "")
        for line in view.lines
        for stop in line.criteria
    )
    return Section(
        heading, (*_paragraphs(view.facts), *_paragraphs(view.reasons), *((body,) if asked else ())), asked
    )


def _law(view: DecisionView, words: Words) -> Section | None:
    if not view.legal_bases:
        return None
    heading, body = words("law")
    bullets = tuple(f"{basis.act} {basis.paragraph}: {basis.substance}" for basis in view.legal_bases)
    return Section(heading, (body,), bullets)


def _fees(view: DecisionView, words: Words) -> Section | None:
    """What the citizen pays (egenandel), from the price rows; without a row, what the description says."""
    if not view.granted:
        return None
    heading, body = words("fee")
    return Section(heading, (body,), tuple(_fee(line) for line in view.granted))


def _fee(line: LineView) -> str:
    price = line.price
    if price is None:
        said = line.service.description.price
    elif price.fee_nok:
        per = {
            "hour": _("per time"),
            "visit": _("per besøk"),
            "day": _("per døgn") if line.unit in ("days", "places") else _("per dag"),
            "portion": _("per porsjon"),
            "month": _("per måned"),
            "time": _("per gang"),
        }[price.per]
        said = f"{kroner(price.fee_nok)} {per}. {price.fee_note}"
    else:
        said = price.fee_note or line.service.description.price
    return f"{line.service.title}: {said}".strip()


def _next_steps(view: DecisionView, words: Words) -> Section:
    heading, body = words("next-steps")
    contacts = tuple(
        ", ".join(part for part in (unit.title, unit.address, unit.phone, unit.opening_hours) if part)
        for unit in view.providers
    )
    return Section(heading, (body,), contacts)


def _appeal(view: DecisionView, words: Words) -> Section | None:
    if view.appeal.rule is None:
        return None
    heading, body = words("appeal")
    counted = _("Slik er siste dag regnet ut: %(why)s") % {"why": view.appeal.why} if view.appeal.why else ""
    extra = tuple(words(code)[1] for code in ("appeal-help", "suspended", "free-legal-aid"))
    return Section(heading, tuple(text for text in (body, counted, *extra) if text))


def _signatures(view: DecisionView) -> tuple[tuple[str, str], ...]:
    people = [view.decided_by, view.case_worker or view.drafted_by]
    names = {person.name: (person.name, person.title) for person in people if person is not None}
    return tuple(names.values())


def _address(person: Person) -> tuple[str, ...]:
    """Empty when the person has no address, or one that must not be shown (adressesperre)."""
    if person.household is None or person.protected_address:
        return ()
    home = person.household.dwelling
    return (home.address, f"{home.postal_code} {home.postal_place}")


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())
