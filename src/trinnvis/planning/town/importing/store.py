"""Imports on disk: one file each, in place whole or not at all, and the newest of each part on top."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from trinnvis.planning.town.importing.dataset import Dataset, Grid
from trinnvis.planning.town.network import Network, Origin
from trinnvis.planning.town.places import Homes, Services
from trinnvis.trouble import Trouble

FORMAT: Final = 1
PARTS: Final[dict[str, type]] = {"network": Network, "homes": Homes, "services": Services, "grid": Grid}


def save(folder: Path, dataset: Dataset, kind: str) -> Path:
    """Write an import. The same content keeps its name, so that importing twice changes nothing.

    Raises:
        Trouble: the folder cannot be written.
    """
    arrays, about = _packed(dataset)
    digest = hashlib.sha256()
    for name, row in sorted(arrays.items()):
        digest.update(name.encode() + np.ascontiguousarray(row).tobytes())
    digest.update(repr({part: said for part, said in about.items() if part != "origins"}).encode())
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, about=np.array(json.dumps(about, ensure_ascii=False)), allow_pickle=False, **arrays
    )
    path = folder / f"{kind}-{digest.hexdigest()[:16]}.npz"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(buffer.getbuffer())
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"{folder} kan ikke skrives til ({error.strerror}).", "Sjekk TRINNVIS_DATA.") from error
    return path


def load(path: Path) -> Dataset:
    """An import read back.

    Raises:
        Trouble: the file is not one of ours or is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}")
            parts: dict[str, Any] = {
                part: _unpacked(kind, part, about["parts"][part], held)
                for part, kind in PARTS.items()
                if part in about["parts"]
            }
            return Dataset(int(about["crs"]), **parts)
    except (OSError, KeyError, ValueError, EOFError, TypeError) as error:
        raise Trouble(
            f"Importen {path.name} kan ikke leses ({error}).", f"Slett {path} og importer fila på nytt."
        ) from None


def imports(folder: Path) -> list[Dataset]:
    """All imports, newest last."""
    if not folder.is_dir():
        return []
    paths = sorted(folder.glob("*.npz"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [load(path) for path in paths]


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
