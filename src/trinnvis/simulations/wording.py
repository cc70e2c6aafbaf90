"""A simulation in words: what was asked for, how far it has come, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planning.population.municipalities import municipalities
from trinnvis.simulations.document import PERSONS
from trinnvis.simulations.pictures.changes import main_step, sentence
from trinnvis.simulations.pictures.shown import Shown, bare, said
from trinnvis.simulations.queries import Run, State
from trinnvis.simulations.rules import FEW_DRAWS, Order


def place_of(order: Order) -> str:
    known = municipalities().get(order.municipality)
    return known.name.split(" - ")[0] if known else order.municipality


def title_of(order: Order) -> str:
    """ "Lunner 2025–2050" """
    return f"{place_of(order)} {order.base}–{order.base + order.years}"


def scenarios_of(order: Order) -> str:
    titles = [_("Som i dag"), *(each.title for each in order.scenarios)]
    return formats.listed(titles)


def summary(order: Order) -> str:
    """ "Som i dag og Bolig først · 200 trekninger · 11: 40 plasser" """
    parts = [scenarios_of(order), _("%(draws)s trekninger") % {"draws": formats.number(order.draws)}]
    if order.places:
        each = [
            _("%(number)d på trinn %(step)d") % {"number": number, "step": step}
            for step, number in sorted(order.places.items())
        ]
        parts.append(_("plasser: %(places)s") % {"places": formats.listed(each)})
    if order.own is not None:
        parts.append(_("egne tall, utgave %(revision)d") % {"revision": order.own})
    return " · ".join(parts)


def standing(run: Run) -> str:
    """How far a run has come, in a sentence."""
    words = {
        "done": formats.number(run.done), "total": formats.number(run.total), "ahead": run.ahead,
        "reused": formats.number(run.reused),
    }  # fmt: skip
    if run.state == State.QUEUED:
        if run.ahead:
            return _("Simuleringen står i kø. Antall foran: %(ahead)d.") % words
        return _("Simuleringen er neste i køen.")
    if run.state == State.STOPPED:
        return (
            _("Simuleringen er stoppet etter %(done)s av %(total)s trekninger. Det ferdige er tatt vare på.")
            % words
        )
    if run.state == State.FAILED:
        return run.failure
    if run.state == State.DONE:
        return _("Simuleringen er ferdig.")
    if run.stop_asked:
        return _("Simuleringen stopper når den er ferdig med det den holder på med.")
    if run.silent:
        return _("Simuleringen er avbrutt, og tas opp igjen av seg selv der den slapp.")
    if run.done == 0:
        return _("Modellen gjøres klar.")
    if run.done == run.total:
        return _("Alle trekninger er gjort. Resultatet settes sammen.")
    return _("%(done)s av %(total)s trekninger er gjort.") % words


def interrupted(run: Run) -> str:
    """What an interruption meant; "" where there was none."""
    if not run.interruptions:
        return ""
    told = _("Simuleringen ble avbrutt og er tatt opp igjen.")
    if run.reused:
        told += " " + _("%(reused)s trekninger var ferdige fra før og er brukt. Svaret er det samme.") % {
            "reused": formats.number(run.reused)
        }
    return told


def findings(shown: Shown) -> Iterator[str]:
    """What came of it, in the sentences that matter most."""
    change = shown.outcome.change
    if change is not None:
        most, highest = main_step(shown, change), shown.steps[-1]
        for each in dict.fromkeys((highest, most)):
            yield sentence(shown, PERSONS, change, *each)
    at, step = shown.steps[-1]
    spread = shown.outcome.persons
    yield _(
        "På %(step)s går det fra %(now)s i %(first)d til trolig %(later)s i %(last)d, %(how)s. "
        "Planlegg for %(ninety)s: Det er nok i ni av ti tilfeller."
    ) % {
        "step": shown.named_step(step), "now": said(PERSONS, float(spread.middle[0, at])),
        "first": shown.first, "later": bare(PERSONS, float(spread.middle[-1, at])),
        "last": shown.last, "how": shown.how, "ninety": bare(PERSONS, float(spread.high[-1, at])),
    }  # fmt: skip


def warnings(shown: Shown) -> Iterator[str]:
    if shown.answer.draws < FEW_DRAWS:
        yield _(
            "Bare %(draws)d trekninger: Hvor mye tilfeldigheter betyr for forskjellen og for køen, er et "
            "grovt anslag. Kjør med minst %(enough)d."
        ) % {"draws": shown.answer.draws, "enough": FEW_DRAWS}
    yield from shown.answer.notes
