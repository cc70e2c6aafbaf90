"""A run on a terminal."""

from __future__ import annotations

import typer

from trinnvis.planning.population.screen import SPACE, count, table
from trinnvis.planning.town.document import Row, Told
from trinnvis.planning.town.tables import ALL_AGES, EVERYWHERE


def show(told: Told) -> None:
    """Reach by category and profile for all and for the oldest, what is lost to what, and the sources."""
    policy = told.result.policy
    oldest = policy.age_groups[-1]
    categories = {category.code: category.title for category in policy.categories}
    reach = {(r["area"], r["category"], r["profile"], r["ages"]): r for r in told.reach()}
    town = told.result.town
    typer.echo(
        f"{told.title or policy.title}: {len(town.homes.ids)} boliger, "
        f"{count(town.homes.residents.sum())} innbyggere, {len(town.services.ids)} tilbud."
    )
    people = bool(town.homes.residents.any())
    told_of = [(ALL_AGES, "Alle innbyggere"), (oldest.code, oldest.title)]
    for ages, title in told_of if people else [(ALL_AGES, "Boliger")]:
        columns = ["Gjøremål", *(f"{p.title} ({p.limit_m.value:g} m)" for p in policy.profiles)]
        rows = [
            [name, *(_share(reach[EVERYWHERE, code, profile.code, ages]) for profile in policy.profiles)]
            for code, name in categories.items()
        ]
        table(f"{title} innenfor rekkevidde", columns, rows)
    lost = "lost_to_{}" if people else "dwellings_lost_to_{}"
    first = policy.profiles[0]
    table(
        f"{first.title}: hva som står i veien",
        ["Gjøremål", "Stigning", "Trapper", "Manglende forbindelse", "Ikke tilknyttet"],
        [
            [name, *(_number(reach[EVERYWHERE, code, first.code, ALL_AGES][lost.format(why)])
                     for why in ("slope", "steps", "missing_link", "not_connected"))]
            for code, name in categories.items()
        ],
    )  # fmt: skip
    _areas(told, reach)
    _changes(told, categories)
    if legs := told.quality():
        typer.echo(f"\n{len(legs)} boliger og tilbud har lang adkomst: trinnvis town quality")
    for origin in town.origins:
        typer.echo(
            f"Kilde: {origin.title}, hentet inn {origin.imported_on}. {origin.licence}. {origin.attribution}"
        )
    for note in told.notes:
        typer.echo(f"Merk: {note}")


def _areas(told: Told, reach: dict[tuple[str, str, str, str], Row]) -> None:
    policy = told.result.policy
    areas = list(dict.fromkeys(area for area, *_ in reach if area != EVERYWHERE))
    if not areas:
        return
    oldest, first = policy.age_groups[-1], policy.profiles[0]
    table(
        f"{oldest.title}, {first.title.lower()} ({first.limit_m.value:g} m), sted for sted",
        ["Gjøremål", *areas],
        [
            [category.title, *(_share(reach[area, category.code, first.code, oldest.code]) for area in areas)]
            for category in policy.categories
        ],
    )


def _changes(told: Told, categories: dict[str, str]) -> None:
    rows = [
        [categories[r["category"]], r["profile"], r["ages"], _number(r["gain"]), _number(r["lose"])]
        for r in told.changes()
        if r["area"] == EVERYWHERE and (r["gain"] != 0 or r["lose"] != 0)
    ]
    if told.base is not None:
        table(
            "Endring fra i dag",
            ["Gjøremål", "Ganggruppe", "Alder", "Kommer innenfor", "Faller utenfor"],
            rows,
        )
        if not rows:
            typer.echo("Planen endrer ikke hvem som når hva.")


def _share(row: Row) -> str:
    """Residents, or dwellings where nobody is known to live."""
    column, share = (
        ("residents", row["share"]) if row["of_residents"] != 0 else ("dwellings", row["share_dwellings"])
    )
    if row[column] is None:
        return "skjult" if column == "residents" else "–"
    return count(row[column]) + ("" if share is None else f" ({100 * share:.0f}{SPACE}%)")


def _number(value: float | None) -> str:
    return "skjult" if value is None else count(value)
