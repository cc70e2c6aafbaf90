"""Everything of a run as files: CSV, Excel, PDF for the meeting, and map layers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import XLSX
from trinnvis.planner.views.town.asking import Asked
from trinnvis.planner.views.town.common import town_page
from trinnvis.planning.town import layers, sheets
from trinnvis.planning.town.document import Told
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.reports.town.pack import pdf
from trinnvis.trouble import Trouble

PUBLIC = "offentlig"


@town_page
@require_safe
def town_file(request: HttpRequest, asked: Asked, ending: str) -> HttpResponse:
    """With `offentlig` in the address small counts are hidden and the rest rounded."""
    if ending not in MAKERS:
        raise Http404
    make, kind = MAKERS[ending]
    try:
        body = make(_told(asked, public=PUBLIC in request.GET), asked)
    except Trouble as trouble:
        messages.error(request, f"{trouble} {trouble.remedy}")
        return HttpResponseRedirect(f"{reverse('planner:town')}?{asked.query()}")
    name = _("tettsted") + (f"-{asked.plan.pk}" if asked.plan else "")
    suffix = "zip" if ending == "csv" else ending
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'}
    )


def _told(asked: Asked, *, public: bool) -> Told:
    found = asked.seen.found
    notes = asked.base.notes
    if asked.base.invented:
        notes = (
            _("Tettstedet er oppdiktet: gater, høyder, tilbud og hvem som bor hvor, finnes ikke."),
            *notes,
        )
    title = asked.plan.name if asked.plan else ""
    return Told(
        found.after, found.before if found.is_planned else None, title, notes, public, asked.seen.look.area
    )


def _csv(told: Told, asked: Asked) -> bytes:
    out = io.BytesIO()
    with TemporaryDirectory() as name, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sheets.write_csv(told, Path(name)):
            packed.write(path, path.name)
    return out.getvalue()


def _in_a_file(write: Callable[[Path], None], ending: str) -> bytes:
    with TemporaryDirectory() as name:
        path = Path(name) / f"tettsted.{ending}"
        write(path)
        return path.read_bytes()


def _pdf(told: Told, asked: Asked) -> bytes:
    try:
        author = policy_at(timezone.localdate(asked.now)).municipality.name
    except NoPolicy:
        author = _("Kommunen")
    return pdf(told, author=author, made_at=asked.now)


Maker = Callable[[Told, Asked], bytes]
MAKERS: dict[str, tuple[Maker, str]] = {
    "xlsx": (lambda told, _asked: _in_a_file(lambda path: sheets.write_xlsx(told, path), "xlsx"), XLSX),
    "csv": (_csv, "application/zip"),
    "pdf": (_pdf, "application/pdf"),
    "geojson": (
        lambda told, _asked: _in_a_file(lambda path: layers.write_geojson(told.result, path), "geojson"),
        "application/geo+json",
    ),
    "gpkg": (
        lambda told, _asked: _in_a_file(lambda path: layers.write_gpkg(told.result, path), "gpkg"),
        "application/geopackage+sqlite3",
    ),
}
