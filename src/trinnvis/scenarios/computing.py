"""Choices computed with what this installation has: own scenario files, adopted price lists, and imported
population figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from trinnvis.ownfigures.errors import NotFound as NoSuchFigures
from trinnvis.ownfigures.queries import own_use
from trinnvis.planning.demand.choices import Choices, computed
from trinnvis.planning.demand.forecast import Forecast
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.prices import library_priced_by
from trinnvis.planning.demand.reading import SUFFIXES, Library, library
from trinnvis.pricing.errors import NotFound
from trinnvis.pricing.queries import book_of, list_numbered
from trinnvis.trouble import Trouble


def library_here() -> Library:
    """What ships, and the YAML files in the data folder's `scenarios` instead of those of the same name.

    Raises:
        Trouble: one of the files cannot be used; the text names file, line and reason.
    """
    own = Path(settings.DATA) / "scenarios"
    files = own.iterdir() if own.is_dir() else ()
    return library(sorted(path for path in files if path.suffix.lower() in SUFFIXES))


def with_prices(held: Library, number: str) -> Library:
    """The library with the unit costs and hours of an adopted price list; "" keeps the basis' own.

    Raises:
        Trouble: no list has that number.
    """
    if not number:
        return held
    try:
        adopted = list_numbered(int(number) if number.isdecimal() and len(number) < 10 else 0)
    except NotFound:
        told = _("Prisliste %(number)s finnes ikke.") % {"number": number}
        raise Trouble(told, _("Velg en av listene under «Priser».")) from None
    return library_priced_by(held, book_of(adopted))


def compute(choices: Choices, held: Library) -> Forecast:
    """The forecast; `held` already has the prices chosen (`with_prices`).

    Raises:
        Trouble: the choices cannot be computed.
    """
    return computed(
        choices,
        held,
        Path(settings.DATA) / "imports" / "population",
        chosen_use(choices.municipality, choices.own),
    )


def chosen_use(municipality: str, revision: int | None) -> OwnUse | None:
    """The municipality's own recipients of the revision chosen; None where the public ones are.

    Raises:
        Trouble: there is no such revision, so nothing is computed in its stead.
    """
    if revision is None:
        return None
    told = _("De egne tallene i utgave %(revision)s finnes ikke eller er tomme.") % {"revision": revision}
    trouble = Trouble(told, _("Velg en annen utgave, eller de offentlige tallene, under «Tall for brukere»."))
    try:
        found = own_use(municipality, revision)
    except NoSuchFigures:
        raise trouble from None
    if found is None:
        raise trouble
    return found


def at_fault(choices: Choices, held: Library) -> list[str]:
    """Which of the changed values make the choices impossible: those without which they can be computed."""
    return [key for key in choices.values if _computes(_without(choices, key), held)]


def _without(choices: Choices, key: str) -> Choices:
    return replace(choices, values={k: v for k, v in choices.values.items() if k != key})


def _computes(choices: Choices, held: Library) -> bool:
    try:
        compute(choices, held)
    except Trouble:
        return False
    return True
