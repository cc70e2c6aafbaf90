"""What the map in the browser is drawn from, and the drawn map as a picture. Never how many live where."""

from __future__ import annotations

import gzip
import json

import numpy as np
import shapely
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from trinnvis.figures.palette import colour
from trinnvis.planner.views.town.asking import Asked
from trinnvis.planner.views.town.common import town_page
from trinnvis.planner.views.town.trying import drafted
from trinnvis.townplans.pictures.mapping import PICK_SIZE, drawing_of
from trinnvis.townplans.placing import degrees_of

FINE_M = 1.0
LOW_BITS = 5


@town_page
@require_safe
def streets(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The ways as lines in longitude and latitude, in the order of `content`'s classes."""
    town = drafted(request, asked).seen.found.town
    lines = shapely.simplify(town.network.lines, FINE_M)
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    places = np.round(degrees_of(xy, town), LOW_BITS + 1)
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    parts = [part.tolist() for part in np.split(places, begins[1:])]
    return _packed(request, {"lines": parts})


@town_page
@require_safe
def content(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Homes and services with places and classes. A class is a digit: the number of the first profile."""
    asked = drafted(request, asked)
    seen, town = asked.seen, asked.seen.found.town
    drawn = drawing_of(seen)
    answer = seen.found.after.answers[seen.look.category]
    owners = town.services.owners[answer.entrances]
    west, south, east, north = drawn.bounds or tuple(shapely.total_bounds(town.network.lines))
    corners = degrees_of(np.array([(west, south), (east, north)]), town)
    return _packed(
        request,
        {
            "version": town.network.version,
            "bounds": corners.tolist(),
            "homes": {
                "ids": town.homes.ids,
                "at": degrees_of(town.homes.xy, town).tolist(),
                "classes": "".join(map(str, drawn.homes.classes.tolist())),
            },
            "streets": "".join(map(str, drawn.streets.classes.tolist())),
            "services": [
                {"id": town.services.ids[owner], "name": label, "at": at}
                for owner, label, at in zip(
                    owners.tolist(), drawn.services.labels, degrees_of(drawn.services.xy, town).tolist(),
                    strict=True,
                )
            ],
            "classes": [
                {"label": one.label, "colour": colour(one.role), "shape": one.shape, "width": one.width,
                 "dash": [float(part) for part in one.dash.split()]}
                for one in drawn.classes
            ],
            "credit": drawn.credit,
        },
    )  # fmt: skip


@town_page
@require_safe
def picture(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The drawn map alone, to click in without JavaScript."""
    return HttpResponse(drawing_of(asked.seen).svg(PICK_SIZE), content_type="image/svg+xml")


def _packed(request: HttpRequest, document: dict[str, object]) -> HttpResponse:
    """JSON, and small on the way: a town's streets are some megabytes, and hold nothing about anybody."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return JsonResponse(document)
    body = gzip.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), 5, mtime=0)
    return HttpResponse(body, content_type="application/json", headers={"Content-Encoding": "gzip"})
