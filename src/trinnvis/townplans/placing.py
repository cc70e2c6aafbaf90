"""A place as people write it: two coordinates, a service by its name, or an address."""

from __future__ import annotations

import re

import numpy as np
from django.utils.translation import gettext as _
from pyproj import Transformer

from trinnvis.keeping import Unfit
from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.places import Town
from trinnvis.policy import messages

FARTHEST_M = 5000.0
NEAR_HOME_M = 100
LONGEST = 120
MOST_NAMES = 20000
TWO_NUMBERS = re.compile(r"\s*([-−]?\d+(?:[.,]\d+)?)\s*(?:[;/ ]|,\s)\s*([-−]?\d+(?:[.,]\d+)?)\s*")
MOST_DEGREES = 180.0


def place_of(text: str, town: Town, field: str) -> tuple[float, float]:
    """East and north in the town's own system.

    Raises:
        Unfit: on the field: neither coordinates nor a known name, or far from the town.
    """
    text = text.strip()
    if not text:
        raise Unfit(
            field, _("Skriv hvor: klikk i kartet, eller skriv en adresse, et tilbud eller to koordinater.")
        )
    if len(text) > LONGEST:
        raise Unfit(field, _("Skriv høyst %(most)d tegn.") % {"most": LONGEST})
    found = _coordinates(text, town)
    if found is None:
        found = _named(text, town)
    if found is None:
        raise Unfit(field, _not_found(text, town))
    xy = town.homes.xy if len(town.homes.ids) else town.network.nodes
    low, high = xy.min(axis=0) - FARTHEST_M, xy.max(axis=0) + FARTHEST_M
    if not ((found >= low) & (found <= high)).all():
        raise Unfit(
            field,
            _("%(place)s ligger langt utenfor området. Skriv bredde- og lengdegrad, som 60,290 10,618, eller "
              "øst og nord i EPSG:%(crs)s.") % {"place": text, "crs": town.crs},
        )  # fmt: skip
    return round(float(found[0]), 1), round(float(found[1]), 1)


def home_of(text: str, town: Town, field: str) -> str:
    """The home at an address, or the one nearest to two coordinates.

    Raises:
        Unfit: on the field: no such address, or no home near the place.
    """
    homes, text = town.homes, " ".join(text.split())
    wanted = text.casefold()
    found = next((name for name in homes.ids if name.casefold() == wanted), None)
    if found is not None:
        return found
    if (place := _coordinates(text, town)) is None:
        near = messages.nearest(text, list(homes.ids)) if len(homes.ids) < MOST_NAMES else None
        hint = _("Mente du «%(near)s»?") % {"near": near} if near else _("Se etter adressen i kartet.")
        raise Unfit(field, _("Finner ingen bolig «%(text)s».") % {"text": text} + f" {hint}")
    metres = np.hypot(*(homes.xy - place).T)
    if not len(metres) or metres.min() > NEAR_HOME_M:
        raise Unfit(
            field,
            _("Ingen bolig er innen %(metres)d meter fra stedet. Klikk nærmere, eller skriv adressen.")
            % {"metres": NEAR_HOME_M},
        )
    return homes.ids[int(metres.argmin())]


def degrees_of(places: Floats, town: Town) -> Floats:
    """[n, 2] longitude and latitude, for the web map."""
    if not len(places):
        return places
    move = Transformer.from_crs(town.crs, 4326, always_xy=True).transform
    return np.round(np.stack(move(places[:, 0], places[:, 1]), axis=1), 6)


def _coordinates(text: str, town: Town) -> Floats | None:
    hit = TWO_NUMBERS.fullmatch(text)
    if not hit:
        return None
    one, other = (float(part.replace("−", "-").replace(",", ".")) for part in hit.groups())
    if abs(one) > MOST_DEGREES or abs(other) > MOST_DEGREES:
        return np.array([one, other])
    longitude, latitude = sorted((one, other))  # in Norway the latitude is the larger
    return np.array(Transformer.from_crs(4326, town.crs, always_xy=True).transform(longitude, latitude))


def _named(text: str, town: Town) -> Floats | None:
    wanted = " ".join(text.casefold().split())
    services = town.services
    for at, (name, code) in enumerate(zip(services.names, services.ids, strict=True)):
        if wanted in (name.casefold(), code.casefold()):
            return np.asarray(services.entrances[services.owners == at][0])
    for at, name in enumerate(town.homes.ids):
        if name.casefold() == wanted:
            return np.asarray(town.homes.xy[at])
    return None


def _not_found(text: str, town: Town) -> str:
    names = [*town.services.names, *town.homes.ids]
    near = messages.nearest(text, [n for n in names if n]) if len(names) < MOST_NAMES else None
    if near:
        return _("Finner ikke «%(text)s». Mente du «%(near)s»?") % {"text": text, "near": near}
    return _("Finner ikke «%(text)s». Skriv en adresse, navnet på et tilbud eller to koordinater.") % {
        "text": text
    }
