"""A simulation's result as files: each figure, the council's pack, and every number."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS
from trinnvis.figures.pack import pack_pdf, pack_xlsx
from trinnvis.figures.responses import XLSX, download
from trinnvis.planner.views.simulation.common import finished_or_404, reader_of, shown_of
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.pack import pack_of
from trinnvis.simulations.pictures import every_figure
from trinnvis.simulations.queries import document_of
from trinnvis.site.pages import staff_page_for


@staff_page_for(PLAN_READERS)
@require_safe
def figure_file(request: HttpRequest, pk: int, key: str, ending: str) -> HttpResponse:
    reader = reader_of(request)
    shown = shown_of(reader, finished_or_404(reader, pk), request.GET.get("scenario", ""))
    figure = next((each for each in every_figure(shown) if each.key == key), None)
    if figure is None:
        raise Http404
    return download(figure, ending)


@staff_page_for(PLAN_READERS)
@require_safe
def pack_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Findings, figures, assumptions and sources of one scenario; the workbook has them in every measure."""
    if ending not in ("pdf", "xlsx"):
        raise Http404
    reader = reader_of(request)
    found = finished_or_404(reader, pk)
    shown = shown_of(reader, found, request.GET.get("scenario", ""))
    if ending == "pdf":
        body = pack_pdf(pack_of(shown, found.run), made_at=reader.now)
    else:
        body = pack_xlsx(pack_of(shown, found.run, every_figure(shown)))
    return _file(body, "application/pdf" if ending == "pdf" else XLSX, f"simulering-{pk}.{ending}")


@staff_page_for(PLAN_READERS)
@require_safe
def numbers_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number of every scenario."""
    reader = reader_of(request)
    try:
        document = document_of(reader.actor, pk)
    except NotFound:
        raise Http404 from None
    body = json.dumps(document, ensure_ascii=False).encode()
    return _file(body, "application/json", f"simulering-{pk}.json")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
