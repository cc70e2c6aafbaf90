"""Maps of a run: homes and streets by the first way of walking that reaches an errand."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis import formats
from trinnvis.figures.maps import HEIGHT, Dots, MapClass, Marks, Shape, Streets, map_figure, town_map
from trinnvis.figures.shapes import WIDTH, About, Figure, Table
from trinnvis.planning.town.streets import home_classes, street_classes
from trinnvis.reports.town.figures import Telling, whole

MOST = 3
LOOKS: tuple[tuple[str, Shape, float, str], ...] = (
    ("eng-text-default", "circle", 2.6, ""),
    ("korn-base-default", "triangle", 2.2, "8 3"),
    ("fjord-border-default", "square", 1.8, "2 3"),
    ("neutral-text-subtle", "diamond", 1.6, "1 3"),
)
BEYOND: tuple[str, Shape, float, str] = ("rogn-base-default", "cross", 1.0, "")
SIZE = (WIDTH, HEIGHT)


def reach_maps(telling: Telling) -> Iterator[Figure]:
    """Of the first errands that have a service."""
    codes = [category.code for category in telling.told.result.policy.categories]
    for code, title in telling.used[:MOST]:
        yield reach_map(telling, codes.index(code), title)


def reach_map(telling: Telling, category: int, title: str) -> Figure:
    """One errand, with a table of how many are in each class."""
    result, (_, unit) = telling.told.result, telling.counted
    town, answer = result.town, result.answers[category]
    owners = town.services.owners[answer.entrances]
    names = [town.services.names[at] for at in owners]
    svg = town_map(
        Dots(town.homes.xy, home_classes(result, category)),
        Streets(town.network.lines, street_classes(result, category)),
        Marks(town.services.entrances[answer.entrances], names, title),
        classes=classes(telling),
        bounds=(telling.told.base or result).town.homes.frame(telling.told.area),
        size=SIZE,
        credit=telling.credit,
    )
    labels = [each.label for each in classes(telling)]
    counts = [whole(value) for value in telling.told.classes(category)]
    about = About(
        f"kart-{category + 1}", f"Kart: hvem som rekker {title.lower()}",
        f"{title}. {labels[0]}: {formats.number(counts[0])} {unit.name.lower()}. {labels[-1]}: "
        f"{formats.number(counts[-1])}.",
        "Kart med boliger og gater. Farge og form viser den korteste rekkevidden som er nok: tallene står i "
        "tabellen.",
        telling.source,
    )  # fmt: skip
    rows = tuple(zip(labels, counts, strict=True))
    return map_figure(about, svg, Table(("Klasse", unit.name), rows, (None, unit)), SIZE)


def classes(telling: Telling) -> tuple[MapClass, ...]:
    """The ways of walking in the policy's order, and out of reach last."""
    named = [
        MapClass(f"{p.title} ({formats.number(p.limit_m.value)} m)", *LOOKS[min(at, len(LOOKS) - 1)])
        for at, p in enumerate(telling.told.result.policy.profiles)
    ]
    return (*named, MapClass("Utenfor rekkevidde", *BEYOND))
