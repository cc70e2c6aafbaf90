"""Makes Django ready for a command, with the data folder it names, and says plainly what hinders it."""

import gc
import os
import tempfile
from pathlib import Path

from trinnvis.trouble import Trouble

DAMAGED = ("not a database", "malformed")  # how SQLite says so


def start(data: Path | None = None) -> None:
    """Load settings and apps. `data` overrules TRINNVIS_DATA.

    Raises:
        Trouble: the data folder cannot be written, a setting cannot be understood, or production lacks a key.
    """
    if data is not None:
        os.environ["TRINNVIS_DATA"] = str(data.expanduser().absolute())
    make_writable_data_folder()
    # What is loaded stays; looking through it for garbage time and again takes a sixth of a short command.
    gc.set_threshold(50_000, 20, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trinnvis.site.settings")
    import django

    django.setup()


def make_writable_data_folder() -> Path:
    """The data folder, made if it is new.

    Raises:
        Trouble: it cannot be made or written to.
    """
    from trinnvis.site.environment import data_folder

    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Trouble(
            f"Datamappa {folder} kan ikke skrives til ({error.strerror}).",
            "Gi deg selv skrivetilgang, eller velg en annen mappe med --data eller TRINNVIS_DATA.",
        ) from error
    return folder


def in_plain_words(error: Exception) -> tuple[str, str]:
    """What to tell the person at the keyboard about any error: (what is wrong, what to do)."""
    if isinstance(error, Trouble):
        return str(error), error.remedy
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError

    from trinnvis.site.environment import EXPLAINED

    if isinstance(error, ImproperlyConfigured):
        return str(error), EXPLAINED
    if isinstance(error, DatabaseError):
        first_line = str(error).strip().splitlines()[0]
        if any(sign in first_line for sign in DAMAGED):
            return (
                f"Databasefila er skadet, eller er ikke en database ({first_line}).",
                "Flytt den vekk, og hent den siste sikkerhetskopien inn igjen.",
            )
        return (
            f"Databasen kan ikke brukes ({first_line}).",
            "Kjør «trinnvis check»: den forteller hva som mangler.",
        )
    return (
        f"Noe uventet gikk galt ({type(error).__name__}: {error}).",
        "Dette er trolig en feil i Trinnvis. Kjør «trinnvis --debug …» for å se hvor, og meld fra.",
    )
