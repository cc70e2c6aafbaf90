"""What to ask SSB for, table by table, and the answers as one import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from trinnvis.planning.population.importing import jsonstat
from trinnvis.planning.population.importing.meaning import Imported, Report, understand
from trinnvis.planning.population.municipalities import find, municipalities
from trinnvis.planning.population.pxweb import Choice, PxWeb
from trinnvis.trouble import Trouble

PROJECTION: Final = "14746"
OBSERVED: Final = "07459"
EVERYTHING: Final = Choice(("*",))


def fetch(service: PxWeb, table: str, wanted: Sequence[str], today: date) -> tuple[Imported, Report]:
    """A table for some municipalities (codes or names), or for all with none named.

    Raises:
        Trouble: unknown municipality or table, or a service that will not answer. Nothing is kept but the
        answers.
    """
    codes = [find(text).code for text in wanted] or list(municipalities())
    answers = service.fetch(table, _selection(table, codes), divide="Region")
    parts = [understand(jsonstat.read(text, f"SSB {table}"), f"SSB {table}", today) for text in answers]
    imports, report = [part for part, _ in parts], Report()
    for _, told in parts:
        report.read += told.read
        report.repaired += told.repaired
        report.left_out += told.left_out
    return _together(imports), report


def _selection(table: str, codes: list[str]) -> dict[str, Choice]:
    if table == PROJECTION:
        return {
            "Region": Choice(tuple(codes)),
            "Kjonn": EVERYTHING,
            "Alder": EVERYTHING,
            "ContentsCode": Choice(("Personer", "Personer1", "Personer2")),
            "Tid": EVERYTHING,
        }
    if table == OBSERVED:
        return {
            "Region": Choice(tuple(f"K-{code}" for code in codes), "agg_KommSummer"),
            "Kjonn": EVERYTHING,
            "Alder": Choice(("*",), "vs_AlleAldre00B"),
            "ContentsCode": Choice(("Personer1",)),
            "Tid": EVERYTHING,
        }
    raise Trouble(
        f"Trinnvis vet ikke hva den skal hente fra tabell {table}.",
        f"Bruk {PROJECTION} (framskriving) eller {OBSERVED} (folkemengde), eller last ned og importer fila.",
    )


def _together(parts: list[Imported]) -> Imported:
    first = parts[0]
    return replace(
        first,
        codes=tuple(code for part in parts for code in part.codes),
        persons=np.concatenate([part.persons for part in parts], axis=2),
    )
