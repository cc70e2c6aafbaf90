"""Several files at once, all or none: read with the network first, whatever order they are named in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from trinnvis.planning.town.ages import age_shares
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.importing.files import FileKind, import_file, kind_of
from trinnvis.planning.town.importing.making import Context
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.importing.store import imports, save_all
from trinnvis.planning.town.network import Origin
from trinnvis.planning.town.policy import TownPolicy

FIRST = (FileKind.OSM, FileKind.NVDB, FileKind.NETWORK)
"""What the rest is fastened to."""


@dataclass(frozen=True)
class Said:
    """What whoever imports says of the files; it goes before what they say themselves. municipality: whose
    ages people of unknown age have."""

    kind: FileKind = FileKind.AUTO
    crs: str | None = None
    layer: str | None = None
    licence: str | None = None
    attribution: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, eq=False)
class Taken:
    """A file as read."""

    name: str
    kind: FileKind
    dataset: Dataset
    report: Report

    @property
    def origin(self) -> Origin:
        """The newest source of the first part it has."""
        held = self.dataset
        parts = (held.network, held.homes, held.services, held.grid)
        return next(part.origins[-1] for part in parts if part is not None)


def read_all(
    files: Sequence[Path], said: Said, *, folder: Path, policy: TownPolicy, today: date
) -> list[Taken]:
    """Files beside what is in the folder already. Nothing is kept; see `keep`.

    Raises:
        Trouble: of the first file that is wrong, with where and what to do; `Unsaid` when it must be told
            something.
    """
    shares, ages_from = age_shares(policy, said.municipality)
    networks = [one.network for one in imports(folder) if one.network is not None]
    context = Context(
        policy, today, networks[-1] if networks else None, shares, ages_from, said.crs, said.layer,
        said.licence, said.attribution,
    )  # fmt: skip
    held = [(path, kind_of(path, said.kind, said.layer)) for path in files]
    taken = []
    for path, kind in sorted(held, key=lambda one: (one[1] not in FIRST, one[1] is not FileKind.TERRAIN)):
        dataset, report = import_file(path, kind, context)
        context = replace(context, network=dataset.network or context.network)
        taken.append(Taken(path.name, kind, dataset, report))
    return taken


def keep(folder: Path, taken: Sequence[Taken], by: str = "") -> None:
    """Put them with the other imports, all or none.

    Raises:
        Trouble: the folder cannot be written.
    """
    save_all(folder, [(one.dataset, str(one.kind), one.report.lines()) for one in taken], by)
