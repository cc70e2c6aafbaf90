"""The map of a town: homes and streets by the first way of walking that reaches the chosen errand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.maps import Bounds, Dots, MapClass, Marks, Streets, map_figure, town_map, view_of
from trinnvis.figures.shapes import About, Cell, Figure, Table, Unit
from trinnvis.reports.town.maps import BEYOND, LOOKS
from trinnvis.townplans.pictures.common import credit_of, places, source_of
from trinnvis.townplans.viewing import Seen
from trinnvis.townplans.wording import area_sentence, phrase

SIZE = (760, 620)
PICK_SIZE = (600, 600)


@dataclass(frozen=True, eq=False)
class Drawing:
    """What `figures.maps.town_map` draws a town from."""

    homes: Dots
    streets: Streets
    services: Marks
    classes: tuple[MapClass, ...]
    bounds: Bounds | None
    credit: str

    def svg(self, size: tuple[int, int] = SIZE) -> str:
        return town_map(
            self.homes, self.streets, self.services, classes=self.classes, bounds=self.bounds, size=size,
            credit=self.credit,
        )  # fmt: skip

    def place(self, x: float, y: float, size: tuple[int, int] = SIZE) -> tuple[float, float]:
        """East and north of a spot in the drawing."""
        view = view_of(
            self.homes, self.streets, self.services, classes=self.classes, bounds=self.bounds, size=size,
            credit=self.credit,
        )  # fmt: skip
        return view.place(x, y)


def map_classes(seen: Seen) -> tuple[MapClass, ...]:
    """The ways of walking in the policy's order, and out of reach last."""
    shown = []
    for at, profile in enumerate(seen.found.policy.profiles):
        label = f"{profile.title} ({formats.number(profile.limit_m.value)}{formats.SPACE}m)"
        shown.append(MapClass(label, *LOOKS[min(at, len(LOOKS) - 1)]))
    return (*shown, MapClass(_("Utenfor rekkevidde"), *BEYOND))


def drawing_of(seen: Seen) -> Drawing:
    town, category = seen.found.town, seen.look.category
    homes = seen.found.homes(category)
    answer = seen.found.after.answers[category]
    owners = town.services.owners[answer.entrances]
    return Drawing(
        Dots(town.homes.xy, homes),
        Streets(town.network.lines, seen.found.streets(category)),
        Marks(
            town.services.entrances[answer.entrances],
            [town.services.names[at] or town.services.ids[at] for at in owners],
            seen.category.title,
        ),
        map_classes(seen),
        seen.found.before.town.homes.frame(seen.look.area),
        credit_of(seen),
    )


def town_map_figure(seen: Seen) -> Figure:
    """With a table of how many homes are in each class, settlement by settlement."""
    look = seen.look
    svg = seen.found.drawn(look.category, look.area, get_language() or "", lambda: drawing_of(seen).svg())
    return map_figure(_about(seen), svg, _table(seen), SIZE)


def _about(seen: Seen) -> About:
    return About(
        "kart",
        _("Kart: hvem som når %(what)s til fots") % {"what": phrase(seen.category)},
        area_sentence(seen, seen.look.area),
        _("Kart med boliger og gater. Formen og fargen viser den svakeste gåevnen som er nok: "
          "sirkel, firkant, trekant, eller kryss når ingen når det. Tallene står i tabellen."),
        source_of(seen),
    )  # fmt: skip


def _table(seen: Seen) -> Table:
    """Dwellings by class."""
    classes = map_classes(seen)
    town = seen.found.town
    of_home = seen.found.homes(seen.look.category)
    rows: list[tuple[Cell, ...]] = []
    for area, name in places(seen):
        here = seen.inside(seen.found.after, area)
        counted = np.bincount(of_home[here], weights=town.homes.dwellings[here], minlength=len(classes))
        rows.append((name, *(round(float(one)) for one in counted)))
    dwellings = Unit(_("Boliger"))
    return Table(
        (_("Boliger"), *(one.label for one in classes)), tuple(rows), (None, *(dwellings,) * len(classes))
    )
