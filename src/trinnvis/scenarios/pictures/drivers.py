"""What drives the change: a waterfall from the base year to the year of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from trinnvis.figures.effects import Drivers
from trinnvis.figures.effects import waterfall as drawn
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.planning.demand.reading import PLUS
from trinnvis.planning.demand.waterfall import PEOPLE, TOGETHER, Parts, Waterfall, by_scenario, waterfall
from trinnvis.scenarios.pictures.shown import Shown, whole

MOST_BARS: Final = 5
"""With more drivers than this, those of one scenario share a bar: their names would not fit."""


def drivers(shown: Shown) -> Figure:
    """Each bar alone on top of the population, and what they do only together."""
    found = waterfall(shown.found.engine, shown.main.scenario, shown.year, parts=_parts(shown))
    words = {PEOPLE: _("Befolkning"), TOGETHER: _("Samspill")}
    bars = [(words.get(title, title), value) for title, value in found.bars if _matters(title, found)]
    finding = _finding(shown, found, dict(bars))
    return drawn(
        About(
            "fossefall",
            _("Hva som endrer timene fra %(base)d til %(year)d")
            % {"base": shown.found.base_year, "year": shown.year},
            finding,
            _("Fossefall med én søyle for hver drivkraft. %(finding)s") % {"finding": finding},
            shown.forecast_source,
        ),
        start=round(found.start),
        drivers=Series(_("Endring i timer"), [round(value) for _title, value in bars]),
        names=_unique([title for title, _value in bars]),
        words=Drivers(
            start=str(shown.found.base_year),
            end=str(shown.year),
            increase=_("Øker timene"),
            decrease=_("Minsker timene"),
            column=_("Hva som driver"),
            effect=_("Timer"),
        ),
        unit=Unit(_("Timer per år")),
    )


def _parts(shown: Shown) -> Parts | None:
    scenario = shown.main.scenario
    if len(scenario.drivers) <= MOST_BARS or PLUS not in scenario.name:
        return None
    titles = {outcome.scenario.name: outcome.scenario.title for outcome in shown.found.outcomes}
    return by_scenario(scenario, titles)


def _matters(title: str, found: Waterfall) -> bool:
    """Nothing can act together with less than one other bar beside the population."""
    return title != TOGETHER or len(found.bars) > 3


def _finding(shown: Shown, found: Waterfall, bars: dict[str, float]) -> str:
    people = dict(found.bars)[PEOPLE]
    text = _("Befolkningen alene gir %(people)s flere timer i %(year)d.") % {
        "people": whole(people), "year": shown.year,
    }  # fmt: skip
    rest = found.end - found.start - people
    if len(bars) == 1:
        return text
    if rest < 0:
        return f"{text} " + _("Valgene tar bort %(less)s av dem.") % {"less": whole(-rest)}
    return f"{text} " + _("Valgene legger til %(more)s.") % {"more": whole(rest)}


def _unique(titles: Sequence[str]) -> list[str]:
    """Two drivers may have the same title; the second then gets its number."""
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found
