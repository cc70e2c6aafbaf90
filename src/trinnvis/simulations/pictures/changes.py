"""What the scenario changes, and what the uncertainty comes from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.ranges import ranges
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import lines
from trinnvis.planning.population.axes import Floats
from trinnvis.simulations.document import Spread
from trinnvis.simulations.pictures.fans import SLUGS
from trinnvis.simulations.pictures.shown import Shown, bare, said, scaled, units

NOTHING = 0.05
"""Persons; a smaller change is none."""


def changes(shown: Shown, measure: str) -> list[Figure]:
    """None for «as today» itself."""
    apart = shown.outcome.changed(measure)
    if apart is None:
        return []
    return [_at_the_end(shown, measure, apart), _over_time(shown, measure, apart)]


def change_layers(shown: Shown) -> list[Figure]:
    """How much of what is uncertain in the difference each layer stands for."""
    apart = shown.outcome.change
    if apart is None or not apart.shares[:, -1].any():
        return []
    return [
        _layers(
            shown,
            apart.shares[:, -1],
            main_step(shown, apart),
            "usikkerhet-i-endringen",
            _("Hva usikkerheten i forskjellen fra «som i dag» kommer av, i %(year)d") % {"year": shown.last},
            _("Av det som er usikkert i forskjellen på %(step)s i %(year)d, er %(chance)s tilfeldigheter i "
              "en kommune av denne størrelsen, %(parameters)s virkningen og bruksnivået, og %(population)s "
              "folketallet."),
        )
    ]  # fmt: skip


def layers(shown: Shown) -> Figure:
    """The same, of the number on each step."""
    return _layers(
        shown,
        shown.outcome.persons.shares[:, -1],
        shown.steps[-1],
        "usikkerhet",
        _("Hva usikkerheten i antall brukere kommer av, i %(year)d, %(how)s")
        % {"year": shown.last, "how": shown.how},
        _("Av usikkerheten på %(step)s i %(year)d er %(chance)s tilfeldigheter i en kommune av denne "
          "størrelsen, %(parameters)s forutsetningene og %(population)s folketallet."),
    )  # fmt: skip


def main_step(shown: Shown, apart: Spread) -> tuple[int, int]:
    """The step the change is largest on in the last year."""
    return max(shown.steps, key=lambda step: abs(float(apart.middle[-1, step[0]])))


def sentence(shown: Shown, measure: str, apart: Spread, at: int, step: int) -> str:
    """What the scenario changes on one step in the last year, and whether that is more than chance."""
    value, low, high = (float(part[-1, at]) for part in (apart.middle, apart.low, apart.high))
    words = {
        "title": shown.outcome.title, "step": shown.named_step(step), "year": shown.last,
        "value": said(measure, abs(value)), "low": signed(measure, low), "high": signed(measure, high),
    }  # fmt: skip
    if shown.outcome.change is None or abs(float(shown.outcome.change.middle[-1, at])) < NOTHING:
        return _("«%(title)s» endrer ikke %(step)s.") % words
    if measure == "nok":
        more = _("«%(title)s» koster %(value)s mer på %(step)s i %(year)d enn som i dag.")
        less = _("«%(title)s» koster %(value)s mindre på %(step)s i %(year)d enn som i dag.")
    else:
        more = _("«%(title)s» gir %(value)s flere på %(step)s i %(year)d enn som i dag.")
        less = _("«%(title)s» gir %(value)s færre på %(step)s i %(year)d enn som i dag.")
    told = more if value > 0 else less
    sure = (
        _("Intervallet går fra %(low)s til %(high)s, så det er ikke sikkert at det blir noen forskjell.")
        if low < 0 < high
        else _("Med 80 prosent sannsynlighet er forskjellen fra %(low)s til %(high)s.")
    )
    return f"{told % words} {sure % words}"


def signed(measure: str, value: float) -> str:
    return ("+" if value > 0 else "") + bare(measure, value)


def _at_the_end(shown: Shown, measure: str, apart: Spread) -> Figure:
    at, step = main_step(shown, apart)
    finding = sentence(shown, measure, apart, at, step)
    index = [at for at, _step in shown.steps]
    unit = units()[measure]
    return ranges(
        About(
            f"endring-{SLUGS[measure]}",
            _("Forskjell fra «som i dag» i %(year)d på hvert trinn, med 80 prosents intervall: %(unit)s")
            % {"year": shown.last, "unit": unit.name.lower()},
            finding,
            _("En rad for hvert trinn med forskjellen og intervallet. %(finding)s") % {"finding": finding},
            shown.source + ". " + _("Begge er trukket med de samme tilfeldige tallene"),
        ),
        category=_("Trinn"),
        categories=[shown.step(step) for _at, step in shown.steps],
        middle=Series(_("Forskjell"), scaled(measure, apart.middle[-1, index])),
        low=Series(_("Nedre grense (P10)"), scaled(measure, apart.low[-1, index])),
        high=Series(_("Øvre grense (P90)"), scaled(measure, apart.high[-1, index])),
        interval=_("80 %-intervall"),
        unit=unit,
    )


def _over_time(shown: Shown, measure: str, apart: Spread) -> Figure:
    at, step = main_step(shown, apart)
    started = [
        year
        for year, value in zip(shown.answer.years, abs(apart.middle[:, 1:]).max(axis=1), strict=True)
        if value > 1e-6
    ]
    finding = _("Forskjellen begynner i %(start)d. Størst blir den på %(step)s: %(value)s i %(year)d.") % {
        "start": started[0] if started else shown.last, "step": shown.named_step(step),
        "value": signed(measure, float(apart.middle[-1, at])), "year": shown.last,
    }  # fmt: skip
    unit = units()[measure]
    return lines(
        About(
            f"endring-over-tid-{SLUGS[measure]}",
            _("Forventet forskjell fra «som i dag» år for år: %(unit)s") % {"unit": unit.name.lower()},
            finding,
            _("Linjer for forskjellen år for år, én for hvert trinn. %(finding)s") % {"finding": finding},
            shown.source,
        ),
        category=_("År"),
        categories=list(shown.answer.years),
        series=[Series(shown.step(step), scaled(measure, apart.middle[:, at])) for at, step in shown.steps],
        unit=unit,
    )


def _layers(shown: Shown, shares: Floats, of: tuple[int, int], key: str, title: str, told: str) -> Figure:
    at, step = of
    names = (_("Folketallet"), _("Forutsetningene"), _("Tilfeldigheter"))
    words: dict[str, Any] = {
        name: formats.percent(round(float(share), 4))
        for name, share in zip(("population", "parameters", "chance"), shares[:, at], strict=True)
    }
    finding = told % {**words, "step": shown.named_step(step), "year": shown.last}
    return rows_of_bars(
        About(
            key,
            title,
            finding,
            _("Liggende søyler delt i tre, én for hvert trinn. %(finding)s") % {"finding": finding},
            shown.source
            + ". "
            + _("Forutsetningene er hvor mye tjenestene brukes, og hvor godt tiltakene virker"),
        ),
        category=_("Trinn"),
        categories=[shown.step(step) for _at, step in shown.steps],
        series=[
            Series(name, [round(100 * float(part[at]), 1) for at, _step in shown.steps])
            for name, part in zip(names, shares, strict=True)
        ],
        unit=Unit(_("Prosent av usikkerheten"), "%"),
        stacked=True,
    )
