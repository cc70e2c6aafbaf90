"""The towns of this installation: the one imported, and the demo's invented one. Read once a process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from trinnvis.planning.town.importing import store
from trinnvis.planning.town.importing.composing import compose
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.planning.town.running import Runner
from trinnvis.planning.town.shipped import shipped_policy
from trinnvis.trouble import Trouble

OWN, INVENTED = "egne", "demo"
TITLES: dict[str, Promise] = {
    OWN: gettext_lazy("Egne data"),
    INVENTED: gettext_lazy("Oppdiktet tettsted"),
}


@dataclass(frozen=True, eq=False)
class Base:
    """One town as imported. files: what it was read from, with when each was written. invented: nothing in it
    is real, and every view of it says so."""

    code: str
    town: Town
    notes: tuple[str, ...]
    runner: Runner
    files: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        return str(TITLES[self.code])

    @property
    def invented(self) -> bool:
        return self.code == INVENTED

    @property
    def policy(self) -> TownPolicy:
        return self.runner.policy


_held: dict[str, Base] = {}
_lock = Lock()


def folder_of(code: str) -> Path:
    return store.folder_of(Path(settings.DATA), code)


def codes_here() -> list[str]:
    """The towns there are data for, the municipality's own first."""
    return [code for code in TITLES if _files(code)]


def base_of(code: str) -> Base:
    """A town as its files are now.

    Raises:
        Trouble: files that cannot be read, or that do not make a town.
    """
    files = _files(code)
    if not files:
        raise Trouble(
            "Det er ikke hentet inn noe gangnett.", "Hent inn gangnettet først, fra NVDB eller OpenStreetMap."
        )
    with _lock:
        held = _held.get(code)
        if held is None or held.files != files:
            policy = shipped_policy()
            town, notes = compose(store.imports(folder_of(code)), policy)
            held = _held[code] = Base(code, town, tuple(notes), Runner(policy), files)
        return held


def _files(code: str) -> tuple[tuple[str, int], ...]:
    """What there is to read, with when it was written."""
    folder = folder_of(code)
    if not folder.is_dir():
        return ()
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in folder.glob("*.npz")))
