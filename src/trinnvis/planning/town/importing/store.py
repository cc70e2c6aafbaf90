"""Imports on disk: one file each, in place whole or not at all, and the newest of each part on top."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from trinnvis.planning.town.importing.dataset import Dataset, Grid
from trinnvis.planning.town.network import Network, Origin
from trinnvis.planning.town.places import Homes, Services
from trinnvis.policy import messages
from trinnvis.trouble import Trouble

FORMAT: Final = 1
TOWNS: Final[dict[str, tuple[str, ...]]] = {"egne": ("imports", "town"), "demo": ("demo", "town")}
"""Where in the data folder the towns of an installation are: its own, and the demo's invented one."""
DAMAGED: Final = (OSError, KeyError, ValueError, EOFError, TypeError, BadZipFile)
PARTS: Final[dict[str, type]] = {"network": Network, "homes": Homes, "services": Services, "grid": Grid}


@dataclass(frozen=True)
class Held:
    """What is known of an import without reading its data. report: as `Report.lines`. by: who took it in,
    where that is known."""

    name: str
    crs: int
    origins: tuple[Origin, ...]
    report: tuple[str, ...] = ()
    by: str = ""

    @property
    def kind(self) -> str:
        return self.name.partition("-")[0]


def folder_of(data: Path, town: str) -> Path:
    """Of one of the `TOWNS`."""
    return data.joinpath(*TOWNS[town])


def save(folder: Path, dataset: Dataset, kind: str) -> Path:
    """Write one import; see `save_all`."""
    return save_all(folder, [(dataset, kind, ())])[0]


def save_all(
    folder: Path, datasets: Sequence[tuple[Dataset, str, Sequence[str]]], by: str = ""
) -> list[Path]:
    """Write imports with their kinds and reports, all or none. The same content keeps its name, so that
    importing twice changes nothing.

    Raises:
        Trouble: the folder cannot be written.
    """
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            for dataset, kind, report in datasets:
                written.append(_write(folder, dataset, kind, {"report": list(report), "by": by}))
            newest = max((path.stat().st_mtime_ns for path in folder.glob("*.npz")), default=0)
            for number, (temporary, path) in enumerate(written, start=1):
                when = max(temporary.stat().st_mtime_ns, newest + number)  # in the order they were given
                os.utime(temporary, ns=(when, when))
                temporary.replace(path)
        finally:
            for temporary, _ in written:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"{folder} kan ikke skrives til ({error.strerror}).", "Sjekk TRINNVIS_DATA.") from error
    return [path for _, path in written]


def _write(folder: Path, dataset: Dataset, kind: str, told: Mapping[str, Any]) -> tuple[Path, Path]:
    """A temporary file on disk, whole, and the name it is to have. told: what does not change the name."""
    arrays, about = _packed(dataset)
    digest = hashlib.sha256()
    for name, row in sorted(arrays.items()):
        digest.update(name.encode() + np.ascontiguousarray(row).tobytes())
    parts = [
        (part, {k: v for k, v in said.items() if k != "origins"}) for part, said in about["parts"].items()
    ]
    digest.update(repr((about["format"], about["crs"], parts)).encode())
    path = folder / f"{kind}-{digest.hexdigest()[:16]}.npz"
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    with ExitStack() as undo:
        undo.callback(Path(name).unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(
                file,
                about=np.array(json.dumps({**about, **told}, ensure_ascii=False)),
                allow_pickle=False,
                **arrays,
            )
            file.flush()
            os.fsync(file.fileno())
        undo.pop_all()
    return Path(name), path


def remove(folder: Path, name: str) -> None:
    """Take an import away.

    Raises:
        Trouble: no import of that name; the text lists those there are.
    """
    names = [path.stem for path in paths(folder)]
    if name not in names:
        near = messages.nearest(name, names)
        hint = f"Mente du {near}? " if near else ""
        raise Trouble(
            f"Det er ingen import som heter «{name}».",
            f"{hint}Importene heter {', '.join(names)}." if names else "Det er ikke hentet inn noe.",
        )
    (folder / f"{name}.npz").unlink()


def load(path: Path) -> Dataset:
    """An import read back.

    Raises:
        Trouble: the file is not one of ours or is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            about = _about(held)
            parts: dict[str, Any] = {
                part: _unpacked(kind, part, about["parts"][part], held)
                for part, kind in PARTS.items()
                if part in about["parts"]
            }
            return Dataset(int(about["crs"]), **parts)
    except DAMAGED as error:
        raise _damaged(path, error) from None


def held(folder: Path) -> list[Held]:
    """All imports, newest last.

    Raises:
        Trouble: as `load`.
    """
    return [_held(path) for path in paths(folder)]


def _held(path: Path) -> Held:
    try:
        with np.load(path, allow_pickle=False) as kept:
            about = _about(kept)
        rows = [Origin(**row) for said in about["parts"].values() for row in said.get("origins", ())]
        report = tuple(about.get("report", ()))
        return Held(path.stem, int(about["crs"]), tuple(dict.fromkeys(rows)), report, about.get("by", ""))
    except DAMAGED as error:
        raise _damaged(path, error) from None


def _about(kept: Mapping[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(str(kept["about"]))
    if about["format"] != FORMAT:
        raise ValueError(f"format {about['format']}")
    return about


def _damaged(path: Path, error: Exception) -> Trouble:
    return Trouble(
        f"Importen {path.name} kan ikke leses ({error}).", f"Slett {path} og importer fila på nytt."
    )


def imports(folder: Path) -> list[Dataset]:
    """All imports, newest last."""
    return [load(path) for path in paths(folder)]


def paths(folder: Path) -> list[Path]:
    """Where they are, newest last."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob("*.npz"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _packed(dataset: Dataset) -> tuple[dict[str, Any], dict[str, Any]]:
    arrays: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for part in PARTS:
        held = getattr(dataset, part)
        if held is None:
            continue
        said: dict[str, Any] = {}
        for each in fields(held):
            value = getattr(held, each.name)
            if isinstance(value, np.ndarray):
                arrays[f"{part}.{each.name}"] = value
            elif each.name == "origins":
                said["origins"] = [asdict(origin) for origin in value]
            else:
                said[each.name] = value
        parts[part] = said
    return arrays, {"format": FORMAT, "crs": dataset.crs, "parts": parts}


def _unpacked(kind: type, part: str, said: Mapping[str, Any], held: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for each in fields(kind):
        if each.name == "origins":
            values["origins"] = tuple(Origin(**origin) for origin in said["origins"])
        elif each.name in said:
            value = said[each.name]
            values[each.name] = tuple(value) if isinstance(value, list) else value
        else:
            values[each.name] = held[f"{part}.{each.name}"]
    return kind(**values)
