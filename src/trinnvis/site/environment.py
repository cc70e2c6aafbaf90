"""What the surroundings say: the data folder, the keys in it and the few `TRINNVIS_*` variables."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DATA_FOLDER_NAME = "trinnvis"


def data_folder() -> Path:
    """The folder for database, imports and keys: `TRINNVIS_DATA`, else the user's own data directory."""
    if named := os.environ.get("TRINNVIS_DATA"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / DATA_FOLDER_NAME


def database_file() -> Path:
    """The SQLite file that is used when `DATABASE_URL` names no other database."""
    return data_folder() / "trinnvis.sqlite3"


def is_production() -> bool:
    """Whether `TRINNVIS_ENV` says production; unset is demo.

    Raises:
        RuntimeError: it says something else. A slip of the pen must not open the demo login to the world.
    """
    said = os.environ.get("TRINNVIS_ENV") or "demo"
    if said not in ("demo", "production"):
        raise RuntimeError(f"TRINNVIS_ENV er «{said}». Den skal være «production» eller «demo».")
    return said == "production"


def key(name: str) -> str:
    """A secret by name: `TRINNVIS_<NAME>`, else a file in the data folder's `keys`.

    In production a missing key stops the program; elsewhere one is made on first use.

    Raises:
        RuntimeError: in production, when neither variable nor file exists.
    """
    if value := os.environ.get(f"TRINNVIS_{name.upper()}"):
        return value
    path = data_folder() / "keys" / name
    if path.exists():
        return path.read_text().strip()
    if is_production():
        raise RuntimeError(
            f"Sett TRINNVIS_{name.upper()}, eller legg nøkkelen i {path}. "
            "I produksjon lager Trinnvis ingen nøkler selv."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:  # another process was first; its key is the key
        pass
    return path.read_text().strip()
