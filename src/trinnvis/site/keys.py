"""The secrets of an installation: from a variable `TRINNVIS_<NAME>`, else a file in the data folder's `keys`.

They are made only where nothing can have been locked with others: never in production, and never for a
database that has somebody in it. There a key that is lost must be found again, not replaced in silence.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from trinnvis.site.environment import data_folder, is_production, listed, misunderstood, said
from trinnvis.trouble import Trouble

SHORTEST = 32  # characters; shorter can be guessed


def sealing_key_ids() -> list[str]:
    """The ids of the keys for identity numbers: the first seals, the others still open.

    Raises:
        Trouble: one cannot be part of a variable's name.
    """
    ids = listed("TRINNVIS_SEALING_KEY_IDS", "1")
    if not ids or not all(each.isascii() and each.replace("_", "").isalnum() for each in ids):
        raise misunderstood(
            "TRINNVIS_SEALING_KEY_IDS", "Den skal være tall eller ord av a–z, med komma mellom, nyeste først"
        )
    return ids


def keys(names: Iterable[str], *, may_make: Callable[[], bool]) -> dict[str, str]:
    """The keys by name. "" stands for one that is missing and may not be made: what needs it then refuses.

    Raises:
        Trouble: in production, when one is missing; it names all that are.
    """
    found = {name: _read(name) for name in names}
    missing = [name for name, value in found.items() if not value]
    if missing and is_production():
        raise Trouble(
            f"Nøkler mangler. Sett {' og '.join(map(variable, missing))}, "
            f"eller legg dem som filer i {folder()}: {', '.join(missing)}.",
            "I produksjon lager Trinnvis ingen nøkler selv.",
        )
    if missing and may_make():
        found.update({name: _made(name) for name in missing})
    return found


def variable(name: str) -> str:
    return f"TRINNVIS_{name.upper()}"


def folder() -> Path:
    return data_folder() / "keys"


def _read(name: str) -> str:
    path = folder() / name
    return said(variable(name)) or (path.read_text().strip() if path.exists() else "")


def _made(name: str) -> str:
    """A new key, or the one that another process made in the meantime. Nobody ever sees half of one."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder()) as file:  # readable by its owner only
        file.write(secrets.token_urlsafe(48))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, folder() / name)
    return _read(name)
