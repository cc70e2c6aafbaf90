"""What the surroundings say: the `TRINNVIS_*` variables, read strictly. An empty one counts as unset.

A slip of the pen must never be taken for something else, so whatever cannot be understood stops the program
and is told with the setting's name and what it may be. What each means stands in docs/developer/settings.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from trinnvis.trouble import Trouble

DATA_FOLDER_NAME = "trinnvis"
EXPLAINED = "Hva hver innstilling betyr, står i docs/developer/settings.md."
ON = ("yes", "ja", "true", "on", "1")
OFF = ("no", "nei", "false", "off", "0")


def said(name: str, otherwise: str = "") -> str:
    """What the variable says, without space around it; `otherwise` when it is unset or empty."""
    return os.environ.get(name, "").strip() or otherwise


def listed(name: str, otherwise: str = "") -> list[str]:
    """What the variable says, parted at its commas."""
    return [part for each in said(name, otherwise).split(",") if (part := each.strip())]


def one_of(name: str, choices: Iterable[str], otherwise: str) -> str:
    """
    Raises:
        Trouble: it says something that is no choice.
    """
    text = said(name, otherwise)
    if text != otherwise and text not in choices:
        raise misunderstood(name, f"Den kan være {', '.join(f'«{choice}»' for choice in choices)}")
    return text


def whole_number(name: str, otherwise: int, *, least: int) -> int:
    """
    Raises:
        Trouble: it says something that is no whole number, or less than `least`.
    """
    text = said(name, str(otherwise))
    if not (text.isascii() and text.isdecimal()) or int(text) < least:
        raise misunderstood(name, f"Den skal være et helt tall, {least} eller mer")
    return int(text)


def switched_on(name: str) -> bool:
    """
    Raises:
        Trouble: it says neither yes nor no.
    """
    text = said(name, OFF[0]).lower()
    if text not in ON + OFF:
        raise misunderstood(name, f"Den kan være «{ON[0]}» eller «{OFF[0]}»")
    return text in ON


def misunderstood(name: str, may_be: str) -> Trouble:
    """What to raise for a variable that says something it may not; `may_be` is told without a full stop."""
    return Trouble(f"{name} er «{said(name)}». {may_be}, eller utelates.", EXPLAINED)


def data_folder() -> Path:
    """The folder for database, imports and keys: `TRINNVIS_DATA`, else the user's own data directory."""
    if named := said("TRINNVIS_DATA"):
        return Path(named).expanduser()
    base = said("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / DATA_FOLDER_NAME


def database_file(data: Path) -> Path:
    """The SQLite file in a data folder, used when `DATABASE_URL` names no other database."""
    return data / "trinnvis.sqlite3"


def has_database(data: Path | None) -> bool:
    """Whether there is a database to ask: one that `DATABASE_URL` names, or the file in the folder.

    A command asks before it starts Django, which would make the file. `data`: as the option `--data`.
    """
    return bool(said("DATABASE_URL")) or database_file(data.expanduser() if data else data_folder()).exists()


def is_production() -> bool:
    """Whether `TRINNVIS_ENV` says production; unset is demo.

    Raises:
        Trouble: it says something else. A slip of the pen must not open the demo login to the world.
    """
    return one_of("TRINNVIS_ENV", ("production", "demo"), "demo") == "production"


def hosts() -> list[str]:
    """The host names Trinnvis answers to, by `TRINNVIS_HOSTS`; this machine when it is unset.

    Raises:
        Trouble: one is an address and not a host name, and would never be met.
    """
    named = listed("TRINNVIS_HOSTS", "localhost,127.0.0.1,[::1],testserver")
    if any("/" in host or (":" in host and not host.startswith("[")) for host in named):
        raise misunderstood(
            "TRINNVIS_HOSTS", "Den skal være vertsnavn uten «https://» og port, med komma mellom"
        )
    return named
