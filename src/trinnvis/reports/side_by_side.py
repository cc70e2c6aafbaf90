"""Several personas in one figure: kroner and hours of each pathway."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.shapes import About, Figure, Unit
from trinnvis.figures.two_measures import Group, two_panels
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.pricing import Priced
from trinnvis.planning.pathways.schema import Kind


def side_by_side(sides: Sequence[Comparison]) -> tuple[Figure, ...]:
    """Whole pathways, and the same per year lived, since personas are followed for different lengths."""
    if len(sides) < 2:
        return ()
    return (
        _figure(sides, "side-om-side", _("Kroner og timer i hele forløpet"), lambda each: 1.0),
        _figure(sides, "side-om-side-aar", _("Kroner og timer per leveår"), _years),
    )


def _figure(sides: Sequence[Comparison], key: str, title: str, over: Callable[[Priced], float]) -> Figure:
    names = _names(sides)
    groups = []
    for kind in Kind:
        found = [next((each for each in side.priced if each.pathway.kind == kind), None) for side in sides]
        if any(found):
            nok = tuple(round(float(each.nok) / over(each)) if each else None for each in found)
            hours = tuple(round(float(each.hours) / over(each)) if each else None for each in found)
            groups.append(Group(_KINDS[kind](), nok, hours))
    spread = []
    for side, name in zip(sides, names, strict=True):
        taken = [_nok(each, over) for each in side.priced]
        spread.append((max(taken) - min(taken), name))
    most, who = max(spread)
    said = _("Forskjellen mellom forløpene er størst for %(who)s: %(nok)s.") % {
        "who": who,
        "nok": Unit("kr", "kr").text(round(most, -3)),
    }
    source = formats.listed(
        [f"{s.persona.name}: {s.persona.source} ({s.persona.status.value})" for s in sides]
    )
    return two_panels(
        About(
            key,
            title,
            said,
            f"{_('Søyler for kroner og linjer for timer, for hvert forløp.')} {said}",
            source,
        ),
        category=_("Persona"),
        categories=names,
        groups=groups,
        bar_unit=Unit(_("Kroner"), "kr"),
        line_unit=Unit(_("Timer"), _("timer")),
    )


_KINDS = {
    Kind.PROACTIVE: lambda: _("Proaktivt"),
    Kind.NORMAL: lambda: _("Normalt"),
    Kind.REACTIVE: lambda: _("Reaktivt"),
}


def _years(priced: Priced) -> float:
    return float(sum(year.part for year in priced.years)) or 1.0


def _nok(priced: Priced, over: Callable[[Priced], float]) -> float:
    return float(priced.nok) / over(priced)


def _names(sides: Sequence[Comparison]) -> list[str]:
    """Names, with a number after those that are the same."""
    names: list[str] = []
    for side in sides:
        name, number = side.persona.name, 2
        while name in names:
            name, number = f"{side.persona.name} {number}", number + 1
        names.append(name)
    return names
