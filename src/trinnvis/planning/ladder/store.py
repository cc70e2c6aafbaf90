"""Finished blocks of draws on disk, so that an interrupted simulation is taken up where it was."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from trinnvis.planning.ladder.tallies import Tally
from trinnvis.trouble import Trouble

PARTS = ("stocks", "moves", "flows", "arrived")


class Store:
    """A folder with a folder for each job; a block is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, job: str, first: int, last: int) -> Tally | None:
        """A block kept earlier, or None; a file that cannot be read counts as not there."""
        path = self._path(job, first, last)
        try:
            with np.load(path, allow_pickle=False) as held:
                found = Tally(first, *(held[part] for part in PARTS))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return found if found.draws == last - first else None

    def keep(self, job: str, tally: Tally) -> None:
        """
        Raises:
            Trouble: the folder cannot be written.
        """
        path = self._path(job, tally.first, tally.first + tally.draws)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                np.savez_compressed(file, **{part: getattr(tally, part) for part in PARTS})
            os.replace(file.name, path)  # noqa: PTH105
        except OSError as error:
            raise Trouble(
                f"{path.parent} kan ikke skrives ({error.strerror}).",
                "Velg en annen datamappe med --data, eller kjør uten å ta vare på blokkene (--no-resume).",
            ) from error

    def forget(self, job: str) -> None:
        """Remove the blocks of a job that is done."""
        folder = self.folder / job
        for path in folder.glob("*.npz"):
            path.unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    def _path(self, job: str, first: int, last: int) -> Path:
        return self.folder / job / f"{first:07d}-{last:07d}.npz"
