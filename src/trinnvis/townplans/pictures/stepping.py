"""Figures of a town and the two ladders."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.townplans.joining import Joined, LowSteps
from trinnvis.townplans.pictures.common import people_unit, source_of
from trinnvis.townplans.pictures.mapping import map_classes
from trinnvis.townplans.viewing import Seen
from trinnvis.townplans.wording import phrase, walking


def steps_figure(seen: Seen, joined: Joined, titles: Mapping[int, str]) -> Figure:
    """Dwellings by step of the housing ladder and walking class. titles: of the steps."""
    classes = map_classes(seen)
    best = joined.rows[0]
    near = best.dwellings[seen.look.profile] if seen.look.profile == 0 else sum(
        best.dwellings[: seen.look.profile + 1]
    )  # fmt: skip
    about = About(
        "boligtrapp",
        _("Boliger på boligtrappen etter hvem som når %(what)s fra dem") % {"what": phrase(seen.category)},
        _("%(near)s av %(all)s boliger på trinn %(step)s («%(title)s») har %(what)s i nærheten %(how)s.")
        % {
            "near": formats.number(near), "all": formats.number(best.total), "step": best.step,
            "title": titles.get(best.step, ""), "what": phrase(seen.category), "how": walking(seen.profile),
        },
        _("En liggende stolpe for hvert trinn på boligtrappen, delt etter den svakeste gåevnen som er nok."),
        source_of(seen),
    )  # fmt: skip
    return rows_of_bars(
        about,
        category=_("Trinn"),
        categories=[_step(row.step, titles) for row in joined.rows],
        series=[
            Series(one.label, [row.dwellings[at] for row in joined.rows]) for at, one in enumerate(classes)
        ],
        unit=Unit(_("Boliger")),
        stacked=True,
    )


def offers_figure(seen: Seen, low: LowSteps) -> Figure:
    """Offers on the low steps by how many of those they are for reach them."""
    title, part = low.reach[0]
    empty = sum(round(one.within) == 0 for one in low.offers)
    about = About(
        "lave-trinn",
        _("Tilbud på de lave trinnene etter hvor mange de er ment for, som når dem %(how)s")
        % {"how": walking(seen.profile)},
        _("%(share)s av dem tilbudene er ment for, har %(what)s innen rekkevidde %(how)s. "
          "%(empty)s av %(all)s tilbud nås av ingen av dem.")
        % {
            "share": formats.percent(part.share or 0), "what": title.lower(), "how": walking(seen.profile),
            "empty": formats.number(empty), "all": formats.number(len(low.offers)),
        },
        _("En liggende stolpe for hvert tilbud: så mange av dem det er ment for, når det til fots."),
        source_of(seen),
    )  # fmt: skip
    names = [f"{one.name} ({one.category.lower()})" for one in low.offers]
    return rows_of_bars(
        about,
        category=_("Tilbud"),
        categories=names,
        series=[Series(_("Når det til fots"), [round(one.within) for one in low.offers])],
        unit=people_unit(seen),
    )


def _step(number: int, titles: Mapping[int, str]) -> str:
    return f"{number} {titles[number]}" if number in titles else _("Trinn %(number)s") % {"number": number}
