"""Composes the letter about a decision: the result first, then why, the law, and what the citizen can do.

The texts are the policy's; the facts are the decision's; nothing here says what the municipality spends.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.casework.models import Decision
from trinnvis.casework.queries.decision_view import DecisionView, LineView
from trinnvis.formats import amount, long_date
from trinnvis.people.models import Person
from trinnvis.policy.model import Unit

from .content import LetterContent, Row, Section, Sender, Table
from .fees import fee
from .fields import fields_of
from .reasoning import criteria, others_to_use
from .wording import WAITING, Words, paragraphs, tense, words_of

INTRO = {
    Decision.Kind.GRANT: "intro-grant",
    Decision.Kind.PART: "intro-part",
    Decision.Kind.REFUSAL: "intro-refusal",
}
LANGUAGE = "nb"  # the language the policy's texts are written in: a letter is in one language throughout


@translation.override(LANGUAGE)
def compose(view: DecisionView, recipient: Person, givers: tuple[Unit, ...]) -> LetterContent:
    """The letter to one recipient, in the language of the policy's texts, whatever the reader's own is.

    `givers`: the units that give what is granted.
    """
    fields = fields_of(view, recipient)
    words = words_of(view, fields)
    title, lead = words(INTRO[Decision.Kind(view.kind)], *([WAITING] if view.waiting else []), *tense(view))
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
        sections=tuple(section for section in _sections(view, words, givers) if section is not None),
        signatures=_signatures(view),
        keywords=(view.case_number, view.number),
    )


def _on_behalf(view: DecisionView, recipient: Person) -> tuple[str, ...]:
    if recipient == view.party:
        return ()
    said = _("Du får brevet fordi du handler for %(name)s. Der det står «du», er det %(name)s det gjelder.")
    return (said % {"name": view.party.full_name},)


def _sections(view: DecisionView, words: Words, givers: tuple[Unit, ...]) -> Iterator[Section | None]:
    yield _extent(view, words)
    yield _refused(view)
    yield _waiting(view, words)
    yield _period(view, words)
    yield _goal(view, words)
    yield _wish(view, words)
    yield from _assessment(view, words)
    yield _law(view, words)
    yield _fees(view, words)
    if view.granted:
        yield _plain(words("change-clause"))
        yield _next_steps(view, words, givers)
    yield others_to_use(view, words)
    yield _appeal(view, words)
    yield _plain(words("insight", *(["next-of-kin"] if view.party != view.person else [])))
    yield _plain(words("contact"))


def _plain(text: tuple[str, str], *more: str) -> Section:
    heading, body = text
    return Section(heading, tuple(paragraph for paragraph in (*paragraphs(body), *more) if paragraph))


def _extent(view: DecisionView, words: Words) -> Section | None:
    if not view.granted:
        return None
    heading, body = words("extent")
    rows = tuple(
        Row(
            (
                line.service.title_in_letters,
                amount(line.amount, line.unit),
                long_date(line.starts_on),
                _until(view, line),
            )
        )
        for line in view.granted
    )
    headings = (_("Tjeneste"), _("Hvor mye"), _("Fra"), _("Til"))
    return Section(heading, (body,), table=Table(_("Tjenestene du får, og hvor mye"), headings, rows))


def _until(view: DecisionView, line: LineView) -> str:
    last = line.ends_on or view.ends_on
    return long_date(last) if last else _("uten sluttdato")


def _refused(view: DecisionView) -> Section | None:
    if not view.refused and not view.refused_lines:
        return None
    told = [line for line in view.refused_lines if line.reason or not line.waits]
    titles = ((_refused_title(line), line.reason) for line in told)
    bullets = tuple(f"{title}: {reason}" if reason else title for title, reason in titles)
    return Section(_("Dette får du ikke"), paragraphs(view.refused), bullets)


def _refused_title(line: LineView) -> str:
    title = line.service.title_in_letters
    return _("%(service)s nå") % {"service": title} if line.waits else title


def _waiting(view: DecisionView, words: Words) -> Section | None:
    """The second answer of the same decision (hol § 3-2 a): not now, but on the waiting list."""
    if not view.waiting:
        return None
    said = _("Du får det ikke nå, men du står på venteliste. Du kan klage på begge svarene.")
    return _plain(words.or_else("waiting-list", _("To svar i ett vedtak"), said))


def _period(view: DecisionView, words: Words) -> Section | None:
    if not view.granted:
        return None
    text = words("period" if view.last_day else "period-open", *tense(view))
    return _plain(text, *(_own_period(view, line) for line in view.granted))


def _own_period(view: DecisionView, line: LineView) -> str:
    """What is said of a service with other days than the decision as a whole; "" when it has the same."""
    last = line.ends_on or view.ends_on
    if (line.starts_on, last) == (view.starts_on, view.last_day):
        return ""
    days = {"first": long_date(line.starts_on), "last": long_date(last)}
    said = _("fra %(first)s til %(last)s") if last else _("fra %(first)s og uten sluttdato")
    which = {"service": line.service.title_in_letters, "time": said % days}
    return _("%(service)s gjelder %(time)s.") % which


def _goal(view: DecisionView, words: Words) -> Section | None:
    if not view.goal:
        return None
    heading, body = words("goal")
    goals = view.citizen_goals if view.party == view.person else ()  # another's own words are not theirs
    own = (_("Målene med dine egne ord:"),) if goals else ()
    return Section(heading, (body, *paragraphs(view.goal), *own), goals)


def _wish(view: DecisionView, words: Words) -> Section | None:
    if not view.citizen_wish:
        return None
    quoted = tuple(f"«{paragraph}»" for paragraph in paragraphs(view.citizen_wish))
    return _plain(words("wish"), *quoted, *paragraphs(view.wish_weighed))


def _assessment(view: DecisionView, words: Words) -> Iterator[Section]:
    heading, body = words("criteria")
    asked = tuple(section for line in view.lines if (section := criteria(line)))
    yield Section(heading, (*paragraphs(view.facts), *paragraphs(view.reasons), *((body,) if asked else ())))
    yield from asked


def _law(view: DecisionView, words: Words) -> Section | None:
    if not view.legal_bases:
        return None
    heading, body = words("law")
    bullets = tuple(f"{basis.act}, {basis.paragraph}: {basis.substance}" for basis in view.legal_bases)
    return Section(heading, (body,), bullets)


def _fees(view: DecisionView, words: Words) -> Section | None:
    """What the citizen pays (egenandel), from the price rows; without a row, what the description says."""
    if not view.granted:
        return None
    heading, body = words("fee")
    return Section(heading, (body,), tuple(fee(line, view.on) for line in view.granted))


def _next_steps(view: DecisionView, words: Words, givers: tuple[Unit, ...]) -> Section:
    """What happens now, and whom to call: a unit without a number of its own is reached by the town's."""
    heading, body = words("next-steps", *tense(view))
    contacts = tuple(
        ", ".join(part for part in (unit.title, unit.address, _phone(unit, view), unit.opening_hours) if part)
        for unit in givers
    )
    return Section(heading, (body,), contacts)


def _phone(unit: Unit, view: DecisionView) -> str:
    return _("telefon %(number)s") % {"number": unit.phone or view.municipality.phone}


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
