"""Downloads: the tables that stand, forms to fill in, and every rejected row."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import XLSX
from trinnvis.ownfigures import queries
from trinnvis.ownfigures.sheets import sheet
from trinnvis.tabular import as_csv

from .common import Here, kind_of, own_page

CSV = "text/csv; charset=utf-8"


@own_page
@require_safe
def table_file(request: HttpRequest, here: Here, kind: str, ending: str) -> HttpResponse:
    """The table as it stands, or a form to fill in."""
    if ending not in ("csv", "xlsx"):
        raise Http404
    which = kind_of(kind)
    held = queries.newest(here.municipality, which)
    made = sheet(which, here.municipality, held, here.now.year - 1)
    return _file(made.as_file(ending), XLSX if ending == "xlsx" else CSV, f"{made.title.lower()}.{ending}")


@own_page
@require_safe
def fault_file(request: HttpRequest, here: Here, key: UUID) -> HttpResponse:
    """Every rejected row, to mend the file by."""
    read = queries.read_draft(queries.draft_of(key, here.actor), here.now.year)
    headings = (_("Linje"), _("Kolonne"), _("Hva som er galt"), _("Hva du kan gjøre"))
    rows = [(f.line or "", f.column, f.told(_), f.advice(_)) for f in read.faults]
    return _file(as_csv(headings, rows), CSV, "avviste-rader.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
