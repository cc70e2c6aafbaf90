"""A file into a draft: looked over first, then taken in whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trinnvis.planner.forms.prices import FileForm
from trinnvis.pricing import queries, services, sheets
from trinnvis.pricing.errors import Conflict, Faulty, Refused
from trinnvis.pricing.queries import DRAFT_KEY
from trinnvis.pricing.rules.columns import BY_NAME
from trinnvis.pricing.rules.faults import RowFault
from trinnvis.pricing.rules.whole import NumberedRow, read_rows
from trinnvis.resources.price_book import PriceBook
from trinnvis.resources.price_changes import RowChange, price_changes
from trinnvis.site.pages import actor_of_request
from trinnvis.trouble import Trouble

from .common import EDITORS, now_of, policy_of_today, price_page, status_of, titles, today_of

if TYPE_CHECKING:
    from trinnvis.pricing.models import PriceDraft

SALT = "price-upload"
LASTS = 2 * 60 * 60
SHOWN_CHANGES = 100


@dataclass(frozen=True)
class Looked:
    """A file that has been looked over: the sealed content, and what it would change."""

    sealed: str
    file: str
    count: int
    changes: list[tuple[str, RowChange]]
    same: int


@price_page(EDITORS)
def upload(request: HttpRequest, draft_id: int) -> HttpResponse:
    """First post: the file, shown as a preview or a report of every fault. Second: the preview confirmed."""
    draft = queries.draft_of(draft_id)
    if request.method == "POST" and "sealed" in request.POST:
        return _take_in(request, draft)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    looked: Looked | None = None
    report: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            numbered = sheets.price_rows(file.name, file.read())
            rows, faults = read_rows(numbered, policy_of_today(request))
        except Trouble as trouble:
            form.add_error("file", f"{trouble} {trouble.remedy}".strip())
        else:
            report = _report(faults)
            if not faults:
                before = queries.named(f"{DRAFT_KEY}{draft.pk}", policy_of_today(request), today_of(request))
                changes = price_changes(before.book, PriceBook(file.name, rows))
                looked = _looked(request, draft, file.name, numbered, changes)
    context = {"draft": draft, "form": form, "looked": looked, "report": report}
    status = status_of(form, faulty=bool(report))
    return render(request, "planner/prices/upload.html", context, status=status)


def _looked(
    request: HttpRequest,
    draft: PriceDraft,
    name: str,
    numbered: list[NumberedRow],
    changes: tuple[RowChange, ...],
) -> Looked:
    named = titles(policy_of_today(request))
    seen = {"draft": draft.pk, "revision": draft.revision, "file": name, "rows": numbered}
    real = [each for each in changes if each.kind != "same"]
    return Looked(
        sealed=signing.dumps(seen, salt=SALT, compress=True),
        file=name,
        count=sum(1 for each in changes if each.after),
        changes=[(named.get(each.service, each.service), each) for each in real],
        same=len(changes) - len(real),
    )


def _take_in(request: HttpRequest, draft: PriceDraft) -> HttpResponse:
    try:
        seen = signing.loads(request.POST["sealed"], salt=SALT, max_age=LASTS)
        if seen["draft"] != draft.pk:
            raise signing.BadSignature
        count = services.replace_rows(
            draft.pk,
            rows=[(line, cells) for line, cells in seen["rows"]],
            file_name=seen["file"],
            expected_revision=seen["revision"],
            actor=actor_of_request(request),
            now=now_of(request),
        )
    except signing.BadSignature:
        messages.error(request, _("Forhåndsvisningen er for gammel. Last opp fila på nytt."))
        return redirect("planner:price_upload", draft.pk)
    except (Conflict, Faulty, Refused) as refusal:
        messages.error(request, str(refusal))
        return redirect("planner:price_upload", draft.pk)
    told = ngettext("%(count)s pris er tatt inn fra fila.", "%(count)s priser er tatt inn fra fila.", count)
    messages.success(request, told % {"count": count})
    return redirect("planner:price_draft", draft.pk)


def _report(faults: tuple[RowFault, ...]) -> list[dict[str, object]]:
    return [
        {
            "line": fault.line,
            "column": BY_NAME[fault.column].heading if fault.column in BY_NAME else "",
            "told": fault.told(_),
        }
        for fault in faults
    ]
