"""Whose recipients a forecast or a simulation from the command line rests on."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis.site.environment import has_database
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.planning.demand.own import OwnUse

OwnUseOf = Callable[[Path | None, str], "OwnUse | None"]
"""Asked for the own recipients of a municipality in a data folder: they are kept by a package above this."""


class Figures(StrEnum):
    """AUTO: the municipality's own where it has taken them in."""

    AUTO = "auto"
    OWN = "own"
    PUBLIC = "public"


FiguresOption = Annotated[
    Figures,
    typer.Option(
        "--figures", help="Brukere fra kommunens egne tall eller de offentlige. auto: egne når de finnes."
    ),
]


def chosen_figures(
    figures: Figures, own_use: OwnUseOf | None, municipality: str, data: Path | None
) -> OwnUse | None:
    """The municipality's own recipients; that they are used, or are there unused, is told.

    Raises:
        Trouble: they are asked for, and there are none.
    """
    from trinnvis.planning.population.municipalities import find

    if figures is Figures.PUBLIC or (figures is Figures.AUTO and (own_use is None or not has_database(data))):
        return None
    if own_use is None:
        raise Trouble("Dette går ikke herfra.", "Kjør kommandoen som «trinnvis …».")
    one = find(municipality)
    own = own_use(data, one.code)
    if own is not None:
        typer.echo(f"Brukere: {own.source}. Med --figures public brukes de offentlige.", err=True)
    elif figures is Figures.OWN:
        raise Trouble(
            f"Det er ikke tatt inn egne tall for {one.name}.",
            "Bruk «trinnvis figures import», eller --figures public.",
        )
    return own
