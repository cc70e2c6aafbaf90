"""From figures with codes to a population: every code understood, every municipality whole, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from trinnvis.planning.population.axes import AGES, SEXES, VARIANTS, Floats, Ints, Variant
from trinnvis.planning.population.importing import reading_codes as codes
from trinnvis.planning.population.importing.cells import Cells, Dimension
from trinnvis.planning.population.importing.joining import Joined, join_codes
from trinnvis.planning.population.source import Kind, Source
from trinnvis.trouble import Trouble

PROJECTION_TABLES: Final = ("14746", "14288", "13600", "12882", "11668", "10213", "09482")
"""SSB's regional projections, newest first."""
OBSERVED_TABLES: Final = ("07459", "01222", "10826")
SIGNS: Final = {
    ":": "holdt tilbake av personvern",
    "..": "mangler",
    "...": "mangler",
    ".": "kan ikke forekomme",
    "-": "merket «-»",
    "": "tomme",
}


@dataclass(frozen=True)
class Imported:
    """Population read from a file.

    persons: [variant, year, municipality, age, sex], nan where the file gives no figure. sexes is `SEXES`, or
    ("both",) where the file does not tell them apart. observed: counted persons, not a projection.
    """

    observed: bool
    source: Source
    codes: tuple[str, ...]
    years: Ints
    variants: tuple[Variant, ...]
    sexes: tuple[str, ...]
    persons: Floats

    def of(self, code: str) -> Floats:
        """[variant, year, age, sex] of a municipality."""
        return self.persons[:, :, self.codes.index(code)]


@dataclass
class Report:
    """What was read, what was put right on the way, and what was left out. Norwegian sentences."""

    read: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def understand(
    cells: Cells, name: str, today: date, municipality: str | None = None
) -> tuple[Imported, Report]:
    """The population a file holds. `municipality`: whose the figures are, when the file does not say.

    Raises:
        Trouble: a dimension missing, an unknown code, figures missing or wrong; the text names the cell.
    """
    report = Report(repaired=list(cells.notes))
    projection = _is_projection(cells, report, today)
    dimensions = dict(cells.dimensions)
    if "region" not in dimensions and municipality:
        dimensions["region"] = Dimension((municipality,), ("",), np.zeros(len(cells.values), dtype=np.int64))
        report.repaired.append(f"Fila sier ikke hvilken kommune. Lest som {municipality}.")
    _all_there(dimensions, cells, name, projection)
    _sensible(cells)
    keep = np.ones(len(cells.values), dtype=bool)
    place = _first_places(cells, dimensions)
    years = _translated(dimensions["time"], codes.year, place["time"])
    ages = _translated(dimensions["age"], codes.age, place["age"])
    keep &= _wanted(ages, dimensions["age"], report, "Alder")
    variants, wanted = _variants(cells, dimensions, projection, report, name)
    keep &= wanted
    sexes, sex_names, wanted = _sexes(dimensions, place, projection, name)
    keep &= wanted
    joined = join_codes(dimensions["region"], years, cells, keep, place["region"], report)
    _no_twice(dimensions, cells, np.unique(joined.cell))
    persons, all_years = _assembled(joined, cells, years, ages, sexes, variants, len(sex_names))
    found = tuple(v for v in VARIANTS if v in {VARIANTS[i] for i in np.unique(variants[keep])})
    persons = _none_where_all_zero(
        persons[[VARIANTS.index(v) for v in found]], joined.codes, all_years, report
    )
    source = _source(cells, projection, name, today)
    imported = Imported(not projection, source, joined.codes, all_years, found, sex_names, persons)
    _whole(imported, cells, name, report)
    _tell(imported, cells, report)
    return imported, report


def _is_projection(cells: Cells, report: Report, today: date) -> bool:
    if cells.table:
        return cells.table in PROJECTION_TABLES
    if "variant" in cells.dimensions or re.search("framskr|projecti", cells.title, re.I):
        return True
    times = cells.dimensions["time"].codes if "time" in cells.dimensions else ()
    if any(re.fullmatch(r"\d{4}", t) and int(t) > today.year for t in times):
        report.repaired.append("Tallene går fram i tid. De er lest som en framskriving, hovedalternativet.")
        return True
    return False


def _all_there(dimensions: dict[str, Dimension], cells: Cells, name: str, projection: bool) -> None:
    wanted = {"region": "Region", "age": "Alder", "time": "Tid"} | ({"sex": "Kjonn"} if projection else {})
    lacking = [text for role, text in wanted.items() if role not in dimensions]
    if lacking:
        about = f" ({cells.title[:80]})" if cells.title else ""
        listed = " og ".join(filter(None, [", ".join(lacking[:-1]), lacking[-1]]))
        raise Trouble(
            f"{name}{about} mangler {listed}.",
            f"Hent fila på nytt, og velg alle verdier av {listed}. "
            "Det som ikke velges, blir summert bort."
            + (" Eller oppgi kommunen med --municipality." if lacking == ["Region"] else ""),
        )
    if unknown := [key for key, d in dimensions.items() if key.startswith("unknown:") and len(d.codes) > 1]:
        raise Trouble(
            f"{name} har en dimensjon som folketall ikke har: {unknown[0].removeprefix('unknown:')}.",
            "Hent tabell 07459 (folketall) eller 14746 (framskriving).",
        )
    if not len(cells.values):
        raise Trouble(f"{name} har ingen tall.", "Hent fila på nytt, og velg verdier i alle dimensjoner.")


def _sensible(cells: Cells) -> None:
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero((cells.values < 0) | np.isinf(cells.values) | (cells.values > 10_000_000))
    if len(wrong):
        at = int(wrong[0])
        raise Trouble(
            f"{cells.place(at)}: {cells.values[at]:g} kan ikke være et antall personer.",
            "Rett tallet i kilden.",
        )


def _first_places(cells: Cells, dimensions: dict[str, Dimension]) -> dict[str, list[str]]:
    """For each role, where each code is first seen."""
    found = {}
    for role, d in dimensions.items():
        first = np.full(len(d.codes), -1)
        seen, index = np.unique(d.at, return_index=True)
        first[seen] = index
        found[role] = [cells.place(int(at)) if at >= 0 else "" for at in first]
    return found


def _translated(d: Dimension, meaning: Callable[[str, str], int | None], places: list[str]) -> Ints:
    """Each cell's meaning as a number; -1 for codes that are not wanted."""
    values = [meaning(code, place) if place else None for code, place in zip(d.codes, places, strict=True)]
    return np.array([-1 if v is None else v for v in values], dtype=np.int64)[d.at]


def _wanted(meanings: Ints, d: Dimension, report: Report, what: str) -> np.ndarray:
    if (meanings < 0).any():
        skipped = sorted({d.codes[i] for i in np.unique(d.at[meanings < 0])})
        report.left_out.append(f"{what} {', '.join(skipped[:5])}: summer, regnes ikke med.")
    wanted: np.ndarray = meanings >= 0
    return wanted


def _variants(
    cells: Cells, dimensions: dict[str, Dimension], projection: bool, report: Report, name: str
) -> tuple[Ints, np.ndarray]:
    """Each cell's variant as an index into VARIANTS, and which cells have one."""
    everything = np.ones(len(cells.values), dtype=bool)
    if "variant" in dimensions:
        d = dimensions["variant"]
        each = np.array([VARIANTS.index(codes.own_variant(code, name)) for code in d.codes])
        return each[d.at], everything
    d = dimensions.get("content", Dimension(("",), ("",), np.zeros(len(cells.values), dtype=np.int64)))
    if not projection:
        if len(d.codes) > 1:
            raise Trouble(
                f"{name} har {len(d.codes)} innhold: {', '.join(d.codes)}.",
                "Velg bare «Personer» som statistikkvariabel, og hent på nytt.",
            )
        return np.zeros(len(cells.values), dtype=np.int64), everything
    if "content" not in dimensions and not cells.table:
        return np.zeros(len(cells.values), dtype=np.int64), everything
    meant = [codes.alternative(code, label) for code, label in zip(d.codes, d.labels, strict=True)]
    doubled = [v for v, times in Counter(v for v in meant if v).items() if times > 1]
    if doubled or not any(meant):
        raise Trouble(
            f"{name}: fant ikke ut hvilke alternativer {', '.join(d.codes)} er.",
            "Hent Personer (MMMM), Personer1 (LLML) og Personer2 (HHMH), med koder.",
        )
    if other := [code for code, v in zip(d.codes, meant, strict=True) if v is None]:
        report.left_out.append(f"Alternativene {', '.join(other)}: brukes ikke.")
    each = np.array([-1 if v is None else VARIANTS.index(v) for v in meant])
    return each[d.at], each[d.at] >= 0


def _sexes(
    dimensions: dict[str, Dimension], place: dict[str, list[str]], projection: bool, name: str
) -> tuple[Ints, tuple[str, ...], np.ndarray]:
    count = len(dimensions["time"].at)
    if "sex" not in dimensions:
        return np.zeros(count, dtype=np.int64), (codes.BOTH,), np.ones(count, dtype=bool)
    d = dimensions["sex"]
    meant = [codes.sex(code, at) for code, at in zip(d.codes, place["sex"], strict=True)]
    apart = {"female", "male"} & set(meant)
    if len(apart) == 1 or (projection and not apart):
        raise Trouble(
            f"{name} har bare {', '.join(d.codes)} som kjønn.", "Hent både menn (1) og kvinner (2)."
        )
    names = SEXES if apart else (codes.BOTH,)
    each = np.array([names.index(m) if m in names else -1 for m in meant])
    return each[d.at], names, each[d.at] >= 0


def _no_twice(dimensions: dict[str, Dimension], cells: Cells, used: Ints) -> None:
    key = np.zeros(len(used), dtype=np.int64)
    for d in dimensions.values():
        key = key * max(len(d.codes), 1) + d.at[used]
    _, first, times = np.unique(key, return_index=True, return_counts=True)
    if (times > 1).any():
        again = int(np.flatnonzero(key == key[first[times > 1][0]])[1])
        raise Trouble(f"{cells.place(int(used[again]))}: samme celle er gitt to ganger.", "Fjern den ene.")


def _assembled(
    joined: Joined, cells: Cells, years: Ints, ages: Ints, sexes: Ints, variants: Ints, sex_count: int
) -> tuple[Floats, Ints]:
    """[variant, year, municipality, age, sex]; a cell no row gave, or one without a figure, is nan."""
    used = joined.cell
    all_years = np.unique(years[used]) if len(used) else np.zeros(0, dtype=np.int64)
    shape = (len(VARIANTS), len(all_years), len(joined.codes), AGES, sex_count)
    total, given = np.zeros(shape), np.zeros(shape, dtype=np.int64)
    where = (
        variants[used],
        np.searchsorted(all_years, years[used]),
        joined.municipality,
        ages[used],
        sexes[used],
    )
    np.add.at(total, where, cells.values[used] * joined.weight)
    np.add.at(given, where, 1)
    return np.where(given > 0, total, np.nan), all_years


def _none_where_all_zero(
    persons: Floats, municipalities: tuple[str, ...], years: Ints, report: Report
) -> Floats:
    """A municipality with nobody in it is one whose figures are not out yet: SSB shows 0 until then."""
    all_zero = (np.nan_to_num(persons) == 0).all(axis=(0, 3, 4)) & ~np.isnan(persons).all(axis=(0, 3, 4))
    for year, told in zip(years, all_zero, strict=True):
        if empty := [code for code, zero in zip(municipalities, told, strict=True) if zero]:
            report.left_out.append(
                f"{year}: bare nuller for {codes.shortened(empty)}. Det er ikke folketall."
            )
    return np.where(all_zero[None, :, :, None, None], np.nan, persons)


def _whole(imported: Imported, cells: Cells, name: str, report: Report) -> None:
    """Nothing at all, or gaps where there may be none."""
    if not imported.codes or np.isnan(imported.persons).all():
        raise Trouble(
            f"{name} har ingen tall som kan brukes." + "".join(f" {line}" for line in report.left_out[:3]),
            "Ingenting er lest inn. Sjekk kommune, år og alder i uttrekket.",
        )
    gaps = np.argwhere(np.isnan(imported.persons) & ~_absent(imported))
    hidden = bool(cells.signs)
    if not len(gaps) or (imported.observed and hidden):
        return
    _, year, municipality, age, _ = (int(i) for i in gaps[0])
    raise Trouble(
        f"{name}: {len(gaps)} celler mangler tall, den første for {imported.codes[municipality]} i "
        f"{imported.years[year]}, {age} år.",
        codes.AGES_WANTED,
    )


def _absent(imported: Imported) -> np.ndarray:
    """Where a municipality has no figures at all for a year, in a count: that is no gap, it is not there."""
    none_at_all = np.asarray(np.isnan(imported.persons).all(axis=(3, 4), keepdims=True))
    return none_at_all & imported.observed


def _source(cells: Cells, projection: bool, name: str, today: date) -> Source:
    if cells.from_ssb and cells.table in PROJECTION_TABLES + OBSERVED_TABLES:
        what = "framskriving" if projection else "folkemengde"
        title, credit = (
            f"SSBs {what}, tabell {cells.table}",
            f"Kilde: Statistisk sentralbyrå, tabell {cells.table} (CC BY 4.0)",
        )
        return Source(Kind.SSB, title, cells.table, cells.updated, today, credit)
    kind = Kind.SSB if cells.from_ssb else Kind.MUNICIPALITY
    return Source(
        kind, cells.title or f"Egen fil {name}", cells.table, cells.updated, today, f"Kilde: {name}"
    )


def _tell(imported: Imported, cells: Cells, report: Report) -> None:
    kind = "Folkemengde" if imported.observed else "Framskriving"
    many = f"{len(imported.codes)} kommuner" if len(imported.codes) > 1 else f"kommune {imported.codes[0]}"
    report.read.append(
        f"{kind} for {many}, {imported.years[0]}-{imported.years[-1]}, {len(cells.values)} celler."
    )
    for at, year in enumerate(imported.years):
        absent = [c for c, no in zip(imported.codes, _absent(imported)[0, at].ravel(), strict=True) if no]
        if absent and len(absent) < len(imported.codes):
            report.left_out.append(f"{year}: ingen tall for {codes.shortened(absent)}.")
    for sign, count in sorted(Counter(cells.signs.values()).items()):
        report.left_out.append(
            f"{count} celler {SIGNS.get(sign, f'merket «{sign}»')}: regnes som ukjente, ikke som null."
        )
    silent = int(np.isnan(cells.values).sum()) - sum(
        bool(np.isnan(cells.values[c])) for c in cells.signs if c < len(cells.values)
    )
    if silent:
        report.left_out.append(f"{silent} tomme celler uten forklaring: regnes som ukjente.")
