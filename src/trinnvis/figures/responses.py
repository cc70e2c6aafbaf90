"""The downloads of a figure as answers to a request."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from .shapes import Figure
from .sheets import table_csv, table_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(figure: Figure, ending: str) -> HttpResponse:
    """The table as a file, `ending` "csv" or "xlsx"; anything else is not found."""
    kinds = {"csv": (table_csv, "text/csv; charset=utf-8"), "xlsx": (table_xlsx, XLSX)}
    if ending not in kinds:
        raise Http404
    make, kind = kinds[ending]
    headers = {"Content-Disposition": f'attachment; filename="{figure.key}.{ending}"'}
    return HttpResponse(make(figure), content_type=kind, headers=headers)
