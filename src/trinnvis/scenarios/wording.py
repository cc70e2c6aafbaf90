"""Choices in words: names of assumptions, values as a planner reads them, and how two choices differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis import formats
from trinnvis.planning.demand.adjusting import Adjustable, of_basis, of_scenario
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.reading import Library

TITLES: Final[dict[tuple[str, str], Promise]] = {
    ("rate_trend", "yearly"): gettext_lazy("Endring per år"),
    ("rate_trend", "damping"): gettext_lazy("Hvor mye som blir igjen av endringen året etter"),
    ("age_shift", "gain"): gettext_lazy("Økt levealder"),
    ("age_shift", "share"): gettext_lazy("Hvor mye av den økte levealderen som er frisk"),
    ("hours_growth", "yearly"): gettext_lazy("Endring i timer per bruker"),
    ("family_care", "ratio"): gettext_lazy("Familieomsorg i dag"),
    ("family_care", "change"): gettext_lazy("Endring i familieomsorgen"),
    ("effect", "reach"): gettext_lazy("Hvor mange som nås"),
    ("effect", "users"): gettext_lazy("Endring i antall brukere"),
    ("effect", "hours"): gettext_lazy("Endring i timer per bruker"),
    ("step_shift", "share"): gettext_lazy("Hvor mye som flyttes ned"),
    ("step_shift", "hours_ratio"): gettext_lazy("Timer som trengs på lavere trinn"),
    ("basis", "work_year"): gettext_lazy("Effektive timer i et årsverk"),
    ("basis", "nok_per_hour"): gettext_lazy("Pris for en time på lavere trinn"),
    ("basis", "hours_per_user"): gettext_lazy("Timer per bruker"),
    ("basis", "nok"): gettext_lazy("Pris"),
    ("basis", "occupancy"): gettext_lazy("Belegg"),
}
PERCENT: Final = 100.0
SHARES: Final = ("andel", "endring")  # how the unit of a share begins


def title_of(one: Adjustable) -> str:
    return str(TITLES.get((one.kind, one.name), one.name))


def scale_of(one: Adjustable) -> float:
    """What a value is multiplied by to be shown: a share is shown as per cent."""
    return PERCENT if one.assumption.unit.startswith(SHARES) else 1.0


def unit_of(one: Adjustable) -> str:
    """The unit beside a shown value: "prosent per år"."""
    unit = one.assumption.unit
    if scale_of(one) == 1.0:
        return unit
    rest = unit.removeprefix("andel").strip()
    return f"{_('prosent')} {rest}".strip()


def shown_value(one: Adjustable, value: float) -> float:
    return round(value * scale_of(one), 6)


def value_text(one: Adjustable, value: float) -> str:
    return formats.number(shown_value(one, value))


@dataclass(frozen=True)
class Difference:
    """Something chosen differently, in words."""

    what: str
    mine: str
    theirs: str


def differences(mine: Choices, theirs: Choices, held: Library) -> Iterator[Difference]:
    """Everything that is not the same, in the order of the form."""
    plain = (
        (_("Kommune"), mine.municipality, theirs.municipality),
        (_("Grunnår"), _year(mine.base), _year(theirs.base)),
        (_("Siste år"), str(mine.to), str(theirs.to)),
        (_("Scenarioer"), _scenarios(mine, held), _scenarios(theirs, held)),
        (_("Priser"), _prices(mine), _prices(theirs)),
        (_("Tall for brukere"), _figures(mine), _figures(theirs)),
        (_("Årsverk i dag"), formats.number(mine.staff), formats.number(theirs.staff)),
    )
    yield from (Difference(*row) for row in plain if row[1] != row[2])
    for step in sorted({*mine.places, *theirs.places}):
        pair = [formats.number(choices.places.get(step)) for choices in (mine, theirs)]
        if pair[0] != pair[1]:
            yield Difference(_("Bygde plasser på trinn %(step)d") % {"step": step}, *pair)
    groups = [(of_basis(held.basis), mine.basis, theirs.basis)]
    groups += [(of_scenario(s), mine.values, theirs.values) for s in held.scenarios.values()]
    for assumptions, my_values, their_values in groups:
        for one in assumptions:
            pair = [value_text(one, v.get(one.key, one.assumption.value)) for v in (my_values, their_values)]
            if pair[0] != pair[1]:
                name = f"{one.owner}: {title_of(one)}" if one.owner else title_of(one)
                yield Difference(f"{name} ({unit_of(one)})", *pair)


def summary(choices: Choices, held: Library) -> str:
    """What is chosen, in a line: "2025–2050 · Utviklingen fortsetter · 3 endrede forutsetninger"."""
    parts = [f"{_year(choices.base)}–{choices.to}", _scenarios(choices, held)]
    if changed := len(choices.values) + len(choices.basis):
        parts.append(_("%(number)d endrede forutsetninger") % {"number": changed})
    return " · ".join(parts)


def _year(base: int | None) -> str:
    return str(base) if base else _("siste år med tall")


def _figures(choices: Choices) -> str:
    return _("offentlige") if choices.own is None else _("egne, utgave %(own)d") % {"own": choices.own}


def _prices(choices: Choices) -> str:
    return _("Prisliste %(number)s") % {"number": choices.prices} if choices.prices else _("grunnlagets egne")


def _scenarios(choices: Choices, held: Library) -> str:
    titles = [held.scenarios[name].title for name in choices.scenarios if name in held.scenarios]
    return formats.listed(titles) if titles else _("bare som i dag")
