"""The list of lists, and one list to read or take home."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis import formats
from trinnvis.access.rules import PLAN_READERS
from trinnvis.pricing import queries, sheets
from trinnvis.pricing.errors import NotFound
from trinnvis.pricing.queries import Named

from .common import may_edit, now_of, policy_of_today, price_page, shown, today_of


@price_page(PLAN_READERS)
@require_safe
def price_lists(request: HttpRequest) -> HttpResponse:
    today, editor = today_of(request), may_edit(request)
    adopted = queries.adopted_lists()
    begun = [each for each in adopted if each.valid_from <= today]
    context = {
        "adopted": adopted,
        "in_force": begun[0] if begun else None,
        "drafts": queries.open_drafts() if editor else [],
        "indexes": queries.indexes(),
        "policy_rows": len(queries.policy_book(policy_of_today(request), today).rows),
        "may_edit": editor,
    }
    return render(request, "planner/prices/lists.html", context)


@price_page(PLAN_READERS)
@require_safe
def price_list(request: HttpRequest, key: str) -> HttpResponse:
    policy, found = policy_of_today(request), readable(request, key)
    if found.draft is not None:
        return redirect("planner:price_draft", found.draft.pk)
    return render(
        request,
        "planner/prices/list.html",
        {
            "found": found,
            "rows": [shown(row, policy) for row in found.book.rows],
            "doubtful": doubtful(found),
            "may_edit": may_edit(request),
        },
    )


@price_page(PLAN_READERS)
@require_safe
def price_list_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The list in the form it can be taken in again."""
    policy, found = policy_of_today(request), readable(request, key)
    if ending == "csv":
        body, kind = sheets.list_csv(found.book.rows, policy), sheets.CSV
    elif ending == "xlsx":
        about = [
            found.book.name,
            _("Hentet ut %(day)s.") % {"day": formats.short_date(now_of(request))},
            _("Rediger arket «Priser» og last det opp i et utkast. Hver rad må ha kilde."),
        ]
        body = sheets.list_xlsx(found.book.rows, policy, title=found.book.name, about=about)
        kind = sheets.XLSX
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="prisliste-{key}.{ending}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def readable(request: HttpRequest, key: str) -> Named:
    """The list of a key; drafts only for those who may edit them.

    Raises:
        NotFound: there is none, or it is a draft and the actor only reads.
    """
    found = queries.named(key, policy_of_today(request), today_of(request))
    if found.draft is not None and not may_edit(request):
        raise NotFound("draft")
    return found


def doubtful(found: Named) -> int:
    """How many rows are marked as examples, or must be checked."""
    return sum(1 for row in found.book.rows if row.status.value in ("eksempel", "må kontrolleres"))
