"""Taking in a town's files from a page, and taking them away: the only door. Only those who plan may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.keeping import NotFound, must_plan
from trinnvis.planning.town.importing import store
from trinnvis.planning.town.importing.composing import compose
from trinnvis.planning.town.importing.taking import Said, Taken, keep, read_all
from trinnvis.planning.town.shipped import shipped_policy
from trinnvis.townplans.bases import OWN, folder_of
from trinnvis.trouble import Trouble

BESIDE_A_SHAPE = {".shx", ".dbf", ".prj", ".cpg", ".qix", ".qpj", ".sbn", ".sbx"}
LONGEST_NAME = 80


@dataclass(frozen=True)
class Sent:
    """A file as sent, in pieces."""

    name: str
    pieces: Iterable[bytes]


def take_in(files: Sequence[Sent], said: Said, *, actor: Actor, today: date) -> list[Taken]:
    """All of them, or none.

    Raises:
        NotFound: the actor does not plan.
        Trouble: a file that cannot be used, or that makes no town with those there are.
    """
    must_plan(actor)
    folder, policy = folder_of(OWN), shipped_policy()
    with TemporaryDirectory() as place:
        try:
            main = [
                path for path in _written(files, Path(place)) if path.suffix.lower() not in BESIDE_A_SHAPE
            ]
            if not main:
                raise Trouble(
                    _("Dette er bare deler av et Shape-lag."), _("Ta med .shp, .shx, .dbf og .prj samtidig.")
                )
            taken = read_all(main, said, folder=folder, policy=policy, today=today)
            compose([*store.imports(folder), *(one.dataset for one in taken)], policy)
        except Trouble as trouble:
            for_people = (text.replace(f"{place}/", "") for text in (str(trouble), trouble.remedy))
            trouble.args, trouble.remedy = (next(for_people),), next(for_people)
            raise
    keep(folder, taken, actor.name)
    return taken


def take_away(name: str, *, actor: Actor) -> None:
    """What was taken in before it counts again.

    Raises:
        NotFound: no such import, or the actor does not plan.
    """
    must_plan(actor)
    try:
        store.remove(folder_of(OWN), name)
    except Trouble as trouble:
        raise NotFound(name) from trouble


def taken_in() -> list[store.Held]:
    """What the municipality's own town is made of, newest first.

    Raises:
        Trouble: a damaged file.
    """
    return store.held(folder_of(OWN))[::-1]


def _written(files: Sequence[Sent], folder: Path) -> list[Path]:
    paths = []
    for one in files:
        path = folder / Path(one.name).name[-LONGEST_NAME:]
        if path.exists():
            raise Trouble(_("To filer heter «%(name)s».") % {"name": path.name}, _("Gi dem hvert sitt navn."))
        with path.open("wb") as held:
            for piece in one.pieces:
                held.write(piece)
        paths.append(path)
    return paths
