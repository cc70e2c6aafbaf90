"""A run of a town as figures: who reaches what, what stands in the way, how far it is, what a plan changes.

All numbers are those of `Told`, so that a published pack hides what its tables hide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from trinnvis import formats
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Number, Series, Unit
from trinnvis.figures.trends import lines
from trinnvis.planning.town.document import Row, Told
from trinnvis.planning.town.policy import Profile
from trinnvis.planning.town.tables import ALL_AGES, EVERYWHERE

PERCENT = Unit("Andel", "%")
LOSSES = {
    "slope": "Stigning",
    "steps": "Trapper",
    "missing_link": "Manglende forbindelse",
    "not_connected": "Ikke tilknyttet",
    "distance": "For langt",
    "no_service": "Uten tilbud",
}
HIDDEN_NOTE = "Små tall er skjult og resten avrundet."


@dataclass(frozen=True)
class Telling:
    """A run with its rows at hand. Where nobody is known to live, dwellings are counted instead."""

    told: Told

    @cached_property
    def counted(self) -> tuple[str, Unit]:
        """The column that is counted, and its unit."""
        people = bool(self.told.result.town.homes.residents.any())
        return ("residents", Unit("Innbyggere")) if people else ("dwellings", Unit("Boliger"))

    @cached_property
    def reach(self) -> dict[tuple[str, str, str, str], Row]:
        return {(r["area"], r["category"], r["profile"], r["ages"]): r for r in self.told.reach()}

    @cached_property
    def areas(self) -> list[str]:
        return list(dict.fromkeys(area for area, *_ in self.reach))

    @property
    def profile(self) -> Profile:
        """The first, whose reach is the shortest."""
        return self.told.result.policy.profiles[0]

    @property
    def ages(self) -> tuple[str, str]:
        """Code and title of those it is told of first: the oldest, where ages are known."""
        oldest = self.told.result.policy.age_groups[-1]
        return (oldest.code, oldest.title) if self.counted[0] == "residents" else (ALL_AGES, "Alle boliger")

    @property
    def used(self) -> list[tuple[str, str]]:
        """Code and title of the categories that have a service; all, when none has."""
        here = set(self.told.result.town.services.categories)
        every = [(each.code, each.title) for each in self.told.result.policy.categories]
        return [pair for pair in every if pair[0] in here] or every

    @property
    def source(self) -> str:
        """Every source with what it asks us to say."""
        origins = self.told.result.town.origins
        said = "; ".join(dict.fromkeys(f"{one.title}, {one.attribution}" for one in origins)) or "Egne data"
        return f"{said}. {HIDDEN_NOTE}" if self.told.public else said

    @property
    def credit(self) -> str:
        return " · ".join(dict.fromkeys(one.attribution for one in self.told.result.town.origins))


def whole(value: float | None) -> Number | None:
    return None if value is None else round(value)


def shown(series: Sequence[tuple[str, Sequence[Number | None]]]) -> list[Series]:
    """Those with at least one value that is not hidden."""
    return [Series(name, values) for name, values in series if any(value is not None for value in values)]


def figures(told: Told) -> tuple[Figure, ...]:
    """Those there are numbers for, in the order they are told."""
    from trinnvis.reports.town.maps import reach_maps

    telling = Telling(told)
    makers: list[Callable[[Telling], Figure | None]] = [
        changes_figure, reach_figure, areas_figure, obstacles_figure, bands_figure, several_figure
    ]  # fmt: skip
    drawn = [figure for make in makers if (figure := make(telling)) is not None]
    return (*drawn, *reach_maps(telling))


def finding(telling: Telling) -> str:
    """The one sentence: the oldest and the first errand that has a service."""
    code, title = telling.used[0]
    ages, said = telling.ages
    row = telling.reach[EVERYWHERE, code, telling.profile.code, ages]
    column, unit = telling.counted
    if row[column] is None or not row[f"of_{column}"]:
        return f"{title}: tallet er for lite til å offentliggjøres, eller det er ingen å telle."
    part, of = row[column], row[f"of_{column}"]
    return (
        f"{formats.number(whole(part))} av {formats.number(whole(of))} {unit.name.lower()} "
        f"({said.lower()}) rekker {title.lower()}: {telling.profile.title.lower()}, "
        f"{formats.number(telling.profile.limit_m.value)} meter. Det er {formats.percent(part / of)}."
    )


def reach_figure(telling: Telling) -> Figure | None:
    """Errand by errand, the share each way of walking reaches."""
    ages, said = telling.ages
    policy = telling.told.result.policy
    column, _ = telling.counted

    def share(category: str, profile: str) -> Number | None:
        row = telling.reach[EVERYWHERE, category, profile, ages]
        part, of = row[column], row[f"of_{column}"]
        return None if part is None or not of else round(100 * part / of, 1)

    series = shown(
        [
            (f"{p.title} ({formats.number(p.limit_m.value)} m)", [share(c, p.code) for c, _ in telling.used])
            for p in policy.profiles
        ]
    )
    if not series:
        return None
    about = About(
        "rekkevidde", f"{said}: andel som rekker hvert gjøremål til fots", finding(telling),
        "Liggende stolper for hvert gjøremål, én for hver ganggruppe. Tallene står i tabellen.",
        telling.source,
    )  # fmt: skip
    return rows_of_bars(
        about, category="Gjøremål", categories=[title for _, title in telling.used], series=series,
        unit=PERCENT,
    )  # fmt: skip


def areas_figure(telling: Telling) -> Figure | None:
    """Settlement by settlement, the first three errands for the first way of walking."""
    ages, said = telling.ages
    column, _ = telling.counted
    if len(telling.areas) < 2:
        return None

    def share(area: str, category: str) -> Number | None:
        row = telling.reach[area, category, telling.profile.code, ages]
        part, of = row[column], row[f"of_{column}"]
        return None if part is None or not of else round(100 * part / of, 1)

    chosen = telling.used[:3]
    series = shown([(title, [share(area, code) for area in telling.areas]) for code, title in chosen])
    if not series:
        return None
    best = max(
        ((value, area) for area in telling.areas[1:] if (value := share(area, chosen[0][0])) is not None),
        default=None,
    )
    told = (
        f"Høyest andel for {chosen[0][1].lower()}: {best[1]}." if best else "Tallene er for små til å vises."
    )
    about = About(
        "steder", f"{said}, {telling.profile.title.lower()}: sted for sted", told,
        "Liggende stolper for hvert sted, én for hvert gjøremål. Tallene står i tabellen.", telling.source,
    )  # fmt: skip
    return rows_of_bars(
        about, category="Sted", categories=telling.areas, series=series, unit=PERCENT
    )  # fmt: skip


def obstacles_figure(telling: Telling) -> Figure | None:
    """Errand by errand, those who reach it on foot and what keeps the others from it."""
    column, unit = telling.counted
    lost_column = "lost_to_{}" if column == "residents" else "dwellings_lost_to_{}"
    rows = [telling.reach[EVERYWHERE, code, telling.profile.code, ALL_AGES] for code, _ in telling.used]
    parts: list[tuple[str, list[Number | None]]] = [("Rekker det", [whole(row[column]) for row in rows])]
    for why, title in LOSSES.items():
        values = [whole(row[lost_column.format(why)]) for row in rows]
        if any(value != 0 for value in values):
            parts.append((title, values))
    series = shown(parts)
    if not series:
        return None
    first, (_, title) = rows[0], telling.used[0]
    said = ", ".join(
        f"{name.lower()} {formats.number(whole(first[lost_column.format(why)]))}"
        for why, name in list(LOSSES.items())[:3]
    )
    flat = first["flat" if column == "residents" else "flat_dwellings"]
    about = About(
        "hindringer", f"{telling.profile.title}: hva som står i veien",
        f"{title}: på flat mark ville {formats.number(whole(flat))} {unit.name.lower()} nådd fram, med "
        f"stigning og trapper {formats.number(whole(first[column]))}. Tapt: {said}.",
        "En stablet stolpe for hvert gjøremål: de som rekker det, og hva som hindrer de andre.",
        telling.source,
    )  # fmt: skip
    return rows_of_bars(
        about, category="Gjøremål", categories=[title for _, title in telling.used], series=series,
        unit=unit, stacked=True,
    )  # fmt: skip


def bands_figure(telling: Telling) -> Figure | None:
    """Cumulative: within 300, 500, … metres on foot."""
    column, unit = telling.counted
    bands = telling.told.result.policy.bands_m
    held = {
        (r["category"], r["metres"]): r
        for r in telling.told.bands()
        if r["area"] == EVERYWHERE and r["ages"] == ALL_AGES
    }
    series = shown(
        [
            (f"0–{formats.number(metres)} m", [whole(held[c, metres][column]) for c, _ in telling.used])
            for metres in bands
        ]
    )
    if not series:
        return None
    code, title = telling.used[0]
    values = [formats.number(whole(held[code, metres][column])) for metres in (bands[0], bands[-1])]
    about = About(
        "avstander", f"{unit.name} etter avstand langs gangveg, uten stigning",
        f"{title}: {values[0]} {unit.name.lower()} innen {formats.number(bands[0])} meter, {values[1]} innen "
        f"{formats.number(bands[-1])} meter.",
        "Liggende stolper for hvert gjøremål, én for hver avstand; de vokser med avstanden.", telling.source,
    )  # fmt: skip
    return rows_of_bars(
        about, category="Gjøremål", categories=[title for _, title in telling.used], series=series, unit=unit
    )


def several_figure(telling: Telling) -> Figure | None:
    """Those with at least one, two, … and all errands within reach."""
    column, unit = telling.counted
    policy = telling.told.result.policy
    held = {
        (r["profile"], r["least"]): whole(r[column])
        for r in telling.told.every()
        if r["area"] == EVERYWHERE and r["ages"] == ALL_AGES
    }
    counts = range(1, len(policy.categories) + 1)
    series = shown([(p.title, [held[p.code, least] for least in counts]) for p in policy.profiles])
    if not series or len(counts) < 2:
        return None
    last = formats.number(held[policy.profiles[-1].code, len(counts)])
    about = About(
        "flere", f"{unit.name} med flere gjøremål innenfor rekkevidde",
        f"{policy.profiles[-1].title}: {last} {unit.name.lower()} rekker alle {len(counts)} gjøremål.",
        "En linje for hver ganggruppe: hvor mange som rekker minst ett, to og flere gjøremål.",
        telling.source,
    )  # fmt: skip
    return lines(about, category="Minst så mange gjøremål", categories=list(counts), series=series, unit=unit)


def changes_figure(telling: Telling) -> Figure | None:
    """Where a plan makes anybody gain or lose: all ages, by errand and way of walking."""
    if telling.told.base is None:
        return None
    policy = telling.told.result.policy
    titles = {each.code: each.title for each in policy.categories}
    titles |= {each.code: each.title for each in policy.profiles}
    rows = [
        row
        for row in telling.told.changes()
        if row["area"] == EVERYWHERE and row["ages"] == ALL_AGES and (row["gain"] != 0 or row["lose"] != 0)
    ]
    series = shown(
        [
            ("Kommer innenfor", [whole(row["gain"]) for row in rows]),
            ("Faller utenfor", [whole(row["lose"]) for row in rows]),
        ]
    )
    if not series:
        return None
    about = About(
        "endring", f"Hva planen «{telling.told.title}» endrer", " ".join(_change_sentences(rows, titles)),
        "To liggende stolper for hvert gjøremål og hver ganggruppe: de som kommer innenfor rekkevidde, og de "
        "som faller utenfor.",
        telling.source,
    )  # fmt: skip
    names = [f"{titles[row['category']]}, {titles[row['profile']].lower()}" for row in rows]
    return rows_of_bars(
        about, category="Gjøremål og ganggruppe", categories=names, series=series, unit=Unit("Innbyggere")
    )


def _change_sentences(rows: Sequence[Row], titles: dict[str, str]) -> Iterator[str]:
    for row in rows[:2]:
        gain, lose = (formats.number(whole(row[name])) for name in ("gain", "lose"))
        yield (
            f"{titles[row['category']]}, {titles[row['profile']].lower()}: {gain} innbyggere kommer innenfor "
            f"og {lose} faller utenfor."
        )
