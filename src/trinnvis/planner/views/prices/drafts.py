"""A draft: begin it, see it whole, convert it, put it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from trinnvis import formats
from trinnvis.planner.forms.prices import ConvertForm, NewDraftForm
from trinnvis.pricing import queries, services
from trinnvis.pricing.errors import Refused
from trinnvis.pricing.queries import DRAFT_KEY, POLICY_KEY
from trinnvis.pricing.rules.adopting import why_not
from trinnvis.site.pages import actor_of_request, bind
from trinnvis.trouble import Trouble

from .common import EDITORS, now_of, policy_of_today, price_page, shown, status_of, today_of
from .lists import readable
from .wording import events_told


@price_page(EDITORS)
def new_draft(request: HttpRequest) -> HttpResponse:
    lists = list_choices(request)
    asked = request.GET.get("fra", "")
    form = bind(
        NewDraftForm, request, lists=lists, initial={"made_from": asked if asked in dict(lists) else ""}
    )
    if request.method == "POST" and form.is_valid():
        source = readable(request, form.cleaned_data["made_from"])
        draft = services.create_draft(
            title=form.cleaned_data["title"],
            rows=source.book.rows,
            made_from=source.book.name[:200],
            actor=actor_of_request(request),
            now=now_of(request),
        )
        messages.success(request, _("Utkastet er laget. Bare de som redigerer prislister, ser det."))
        return redirect("planner:price_draft", draft.pk)
    return render(request, "planner/prices/new.html", {"form": form}, status=status_of(form))


@price_page(EDITORS)
@require_safe
def draft_page(request: HttpRequest, draft_id: int) -> HttpResponse:
    policy, actor = policy_of_today(request), actor_of_request(request)
    draft = queries.draft_of(draft_id)
    rows = queries.draft_rows(draft)
    priced = {row.service for _stored, row in rows}
    context = {
        "draft": draft,
        "key": f"{DRAFT_KEY}{draft.pk}",
        "open": draft.state == "open",
        "rows": [{**shown(row, policy), "stored": stored} for stored, row in rows],
        "without": [service for service in policy.services if service.code not in priced],
        "doubtful": sum(1 for _stored, row in rows if row.status.value in ("eksempel", "må kontrolleres")),
        "years": sorted({row.price_year for _stored, row in rows}),
        "why_not": _(
            why_not(
                policy.price_list_rule,
                roles=actor.role_names,
                actor=actor.key,
                last_editor=draft.changed_by_id,
            )
            or " "
        ).strip(),
        "events": events_told(queries.events_of(draft)),
        "in_force": _in_force_key(request),
    }
    return render(request, "planner/prices/draft.html", context)


@price_page(EDITORS)
def convert(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = queries.draft_of(draft_id)
    indexes = queries.indexes()
    form = bind(
        ConvertForm,
        request,
        indexes=[(each.code, each.title) for each in indexes],
        initial={"to_year": today_of(request).year + 1},
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = services.convert_draft(
                draft.pk, actor=actor_of_request(request), now=now_of(request), **form.cleaned_data
            )
        except Trouble as trouble:
            form.add_error(None, f"{trouble} {trouble.remedy}".strip())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext("%(count)s pris er regnet om.", "%(count)s priser er regnet om.", count)
            messages.success(request, told % {"count": count})
            return redirect("planner:price_draft", draft.pk)
    context = {"draft": draft, "form": form, "series": [queries.series_of(each) for each in indexes]}
    return render(request, "planner/prices/convert.html", context, status=status_of(form))


@price_page(EDITORS)
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = queries.draft_of(draft_id)
    if request.method == "POST":
        services.discard(draft.pk, actor=actor_of_request(request), now=now_of(request))
        messages.success(request, _("Utkastet «%(title)s» er forkastet.") % {"title": draft.title})
        return redirect("planner:prices")
    context = {
        "base_template": "planner/base.html",
        "title": _("Forkaste «%(title)s»?") % {"title": draft.title},
        "text": _("Utkastet kan ikke hentes fram igjen. Loggen beholdes."),
        "submit": _("Forkast utkastet"),
        "color": "danger",
        "cancel_url": reverse("planner:price_draft", args=[draft.pk]),
    }
    return render(request, "confirm.html", context)


def list_choices(request: HttpRequest, *, drafts: bool = True) -> list[tuple[str, str]]:
    """Every list there is to begin with or compare, by key: the newest adopted first."""
    adopted = [
        (
            str(each.number),
            _("Prisliste %(number)s, %(title)s (fra %(day)s)")
            % {"number": each.number, "title": each.title, "day": formats.short_date(each.valid_from)},
        )
        for each in queries.adopted_lists()
    ]
    open_ones = [
        (f"{DRAFT_KEY}{each.pk}", _("Utkastet «%(title)s»") % {"title": each.title})
        for each in (queries.open_drafts() if drafts else [])
    ]
    return [*adopted, (POLICY_KEY, _("Prisene i den vedtatte politikken")), *open_ones]


def _in_force_key(request: HttpRequest) -> str:
    """The list that counts today, to compare a draft with."""
    begun = [each for each in queries.adopted_lists() if each.valid_from <= today_of(request)]
    return str(begun[0].number) if begun else POLICY_KEY
