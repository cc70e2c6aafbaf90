"""What the figures of a town share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.figures.shapes import Unit
from trinnvis.townplans.viewing import Part, Seen


def whole_area() -> str:
    return _("Hele området")


def places(seen: Seen) -> list[tuple[str, str]]:
    """Settlements with their names as shown, and all of them last."""
    return [*((area, area) for area in seen.areas), ("", whole_area())]


def source_of(seen: Seen) -> str:
    """Where the numbers come from; an invented town says so first."""
    origins = seen.found.town.origins
    told = dict.fromkeys(f"{one.title}. {one.attribution}".strip(". ") for one in origins)
    text = "; ".join(told) + "."
    return _("Oppdiktet. %(text)s") % {"text": text} if seen.found.base.invented else text


def credit_of(seen: Seen) -> str:
    """Short, for the foot of a map."""
    if seen.found.base.invented:
        return _("Oppdiktet tettsted. Trinnvis")
    return " · ".join(dict.fromkeys(one.attribution for one in seen.found.town.origins))


def percent_of(part: Part) -> float | None:
    return None if part.share is None else round(100 * part.share, 1)


def share_unit(seen: Seen) -> Unit:
    return Unit(_("Andel av aldersgruppa") if seen.knows_people else _("Andel av boligene"), "%", 0)


def people_unit(seen: Seen) -> Unit:
    """Dwellings where nobody is known to live."""
    return Unit(_("Innbyggere") if seen.knows_people else _("Boliger"))
