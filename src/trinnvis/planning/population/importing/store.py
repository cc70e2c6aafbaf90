"""Imported figures on disk: one file for each import, in place whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from trinnvis.planning.population.axes import SEXES, Floats, Variant
from trinnvis.planning.population.importing.meaning import Imported
from trinnvis.planning.population.sexes import share_of_women, split
from trinnvis.planning.population.shipped import figures
from trinnvis.planning.population.source import Kind, Source
from trinnvis.trouble import Trouble

FORMAT = 1


@dataclass(frozen=True)
class Start:
    """An observed population newer than, or with sexes better than, the shipped one. persons: [age, sex]."""

    year: int
    persons: Floats
    source: Source


def save(folder: Path, imported: Imported) -> Path:
    """Write an import. The same content keeps its name, so that importing twice changes nothing.

    Raises:
        Trouble: the folder cannot be written.
    """
    about = {
        "format": FORMAT,
        "observed": imported.observed,
        "source": imported.source.as_json(),
        "codes": list(imported.codes),
        "variants": [str(v) for v in imported.variants],
        "sexes": list(imported.sexes),
    }
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        about=np.array(json.dumps(about, ensure_ascii=False)),
        years=imported.years,
        persons=imported.persons,
    )
    digest = hashlib.sha256(repr(about | {"source": imported.source.title}).encode())
    digest.update(imported.years.tobytes() + imported.persons.tobytes())
    path = folder / f"{imported.source.table or 'egen'}-{digest.hexdigest()[:16]}.npz"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(buffer.getvalue())
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        raise Trouble(f"{folder} kan ikke skrives til ({error.strerror}).", "Sjekk TRINNVIS_DATA.") from error
    return path


def load(path: Path) -> Imported:
    """An import read back.

    Raises:
        Trouble: the file is not one of ours or is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            years, persons = held["years"].astype(np.int64), held["persons"].astype(np.float64)
        source = about["source"]
        days = {
            key: date.fromisoformat(source[key]) if source[key] else None
            for key in ("figures_from", "imported_on")
        }
        return Imported(
            bool(about["observed"]),
            Source(Kind(source["kind"]), source["title"], source["table"], **days, credit=source["credit"]),
            tuple(about["codes"]),
            years,
            tuple(Variant(v) for v in about["variants"]),
            tuple(about["sexes"]),
            persons,
        )
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise Trouble(
            f"Importen {path.name} kan ikke leses ({error}).", f"Slett {path} og importer fila på nytt."
        ) from None


def imports(folder: Path) -> list[Imported]:
    """All imports, newest last."""
    if not folder.is_dir():
        return []
    paths = sorted(folder.glob("*.npz"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [load(path) for path in paths]


def newest_projection(folder: Path, code: str) -> Imported | None:
    """The projection of a municipality to trust: the latest round of SSB, then the latest import."""
    held = [one for one in imports(folder) if not one.observed and code in one.codes]
    ranked = [(one.source.kind is Kind.SSB, one.source.table, at) for at, one in enumerate(held)]
    return held[ranked.index(max(ranked))] if held else None


def newest_start(folder: Path, code: str, shipped_until: int) -> Start | None:
    """The latest observed population imported for a municipality, if it is as new as the shipped figures.

    Only years where every age has a figure. Where the file does not tell the sexes apart, our own share does.
    """
    best: Start | None = None
    for one in imports(folder):
        if not one.observed or code not in one.codes:
            continue
        persons = one.of(code)[0]
        for at, year in enumerate(one.years):
            if year >= max(shipped_until, best.year if best else 0) and not np.isnan(persons[at]).any():
                best = Start(int(year), _by_sex(persons[at], one.sexes, code, int(year)), one.source)
    return best


def _by_sex(persons: Floats, sexes: tuple[str, ...], code: str, year: int) -> Floats:
    if sexes == SEXES:
        return persons
    data = figures()
    share = share_of_women(data, year, local=True)[data.codes.index(code)]
    return split(persons[:, 0], share)
