"""Both ladders with how many stand on each step and what it takes; sums only, for every member of staff."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis import formats
from trinnvis.casework.queries.ladder import SMALL, LadderCounts, ladder_for
from trinnvis.casework.queries.ladder_step import step_for
from trinnvis.desk.tables import CSV, XLSX, as_csv, as_xlsx, effort_table, housing_table
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at, policy_version_at
from trinnvis.policy.status import Status
from trinnvis.pricing.queries import priced
from trinnvis.site.ladder_figure import Drawing, HousingStepView, Link, StepView, decision_text, draw, ranges
from trinnvis.site.pages import actor_of_request, staff_page


@staff_page
@require_safe
def ladder_page(request: HttpRequest) -> HttpResponse:
    policy, counts = _counted(request)
    context = {
        "drawing": drawing_of(policy, counts),
        "finding": finding(counts),
        "certainty": certainty(counts),
        "unpriced": unpriced(policy, counts),
        "has_hidden": any(step.hidden for step in counts.steps),
        "small": SMALL,
        "counts": counts,
        "title": policy.title,
        "version": policy_version_at(counts.on),
        "effort": effort_table(counts),
        "housing": housing_table(counts),
    }
    return render(request, "desk/ladder.html", context)


@staff_page
@require_safe
def ladder_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The tables of the page as a file."""
    makers = {"csv": (as_csv, CSV), "xlsx": (as_xlsx, XLSX)}
    if kind not in makers:
        raise Http404
    _policy, counts = _counted(request)
    make, content_type = makers[kind]
    body = make([effort_table(counts), housing_table(counts)], certainty(counts))
    name = f"trappen-{counts.on:%Y-%m-%d}.{kind}"
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@staff_page
@require_safe
def step_page(request: HttpRequest, number: int) -> HttpResponse:
    today = timezone.localdate(request.now)  # type: ignore[attr-defined]
    policy = priced(policy_at(today), request.now)  # type: ignore[attr-defined]
    inside = step_for(actor_of_request(request), policy, number, today)
    steps = policy.effort_ladder.steps
    place = [step.number for step in steps].index(number)
    context = {
        "inside": inside,
        "step": inside.step,
        "decision": decision_text(inside.step.decision.value),
        "housing": ranges(inside.step.usual_housing),
        "units": {unit.code: unit.title for unit in policy.units},
        "services": [(row, policy.unit(row.service.provider).title) for row in inside.services],
        "below": steps[place - 1] if place else None,
        "above": steps[place + 1] if place + 1 < len(steps) else None,
        "certainty": certainty(inside.ladder),
        "has_hidden": inside.count.hidden or any(row.hidden for row in inside.services),
        "small": SMALL,
    }
    return render(request, "desk/ladder_step.html", context)


def _counted(request: HttpRequest) -> tuple[Policy, LadderCounts]:
    today = timezone.localdate(request.now)  # type: ignore[attr-defined]
    policy = priced(policy_at(today), request.now)  # type: ignore[attr-defined]
    return policy, ladder_for(actor_of_request(request), policy, today)


def drawing_of(policy: Policy, counts: LadderCounts) -> Drawing:
    by_number = {step.number: step for step in counts.steps}
    living = {step.number: step.people for step in counts.housing}
    effort = []
    for step in policy.effort_ladder.steps:
        count, url = by_number[step.number], reverse("desk:ladder_step", args=[step.number])
        effort.append(
            StepView(
                number=step.number,
                title=step.title,
                caption=step.caption,
                decision=step.decision.value,
                url=url,
                services=tuple(Link(service.title) for service in policy.services_on(step.number)),
                usual_housing=step.usual_housing,
                note=_("Tall for færre enn %(small)s personer er skjult for rollen din.") % {"small": SMALL}
                if count.hidden
                else step.band,
                people=count.people,
                hours=count.hours_per_week,
                kroner=count.kroner_per_year,
            )
        )
    return draw(
        effort,
        [
            HousingStepView(step.number, step.title, step.caption, people=living[step.number])
            for step in policy.housing_ladder.steps
        ],
        effort_title=policy.effort_ladder.title,
        housing_title=policy.housing_ladder.title,
    )


def finding(counts: LadderCounts) -> str:
    """The sentence that says what the figure shows."""
    shown = [step for step in counts.steps if not step.hidden]
    busiest = max(shown, key=lambda step: step.people or 0, default=None)
    if busiest is None or not busiest.people:
        return _("Ingen har hjelp etter vedtak på noe trinn i dag.")
    words = _(
        "%(people)s personer har hjelp etter vedtak. Flest står på trinn %(number)d, %(title)s (%(most)s)."
    ) % {
        "people": formats.number(counts.people),
        "number": busiest.number,
        "title": busiest.title,
        "most": formats.number(busiest.people),
    }
    total = sum(step.kroner_per_year or 0 for step in shown)
    dearest = max(shown, key=lambda step: step.kroner_per_year or 0)
    if not total or len(shown) < len(counts.steps):
        return words
    share = formats.percent((dearest.kroner_per_year or 0) / total)
    told = _("Trinn %(number)d, %(title)s, tar %(share)s av kronene.")
    return f"{words} {told % {'number': dearest.number, 'title': dearest.title, 'share': share}}"


def certainty(counts: LadderCounts) -> str:
    """Which prices the kroner stand on, and how certain those are."""
    if not counts.price_years:
        return _("Ingen priser er brukt.")
    years = formats.listed([str(year) for year in counts.price_years])
    words = _("Brutto kroner i året med dagens omfang, i %(years)s-priser.") % {"years": years}
    doubtful = [status for status in counts.statuses if status in (Status.EXAMPLE, Status.MUST_CHECK)]
    if not doubtful:
        return words
    told = _(
        "Noen av prisene er ikke vedtatt, men merket «%(marks)s». Tallene viser størrelsen, ikke regnskapet."
    )
    return f"{words} {told % {'marks': '» og «'.join(doubtful)}}"


def unpriced(policy: Policy, counts: LadderCounts) -> str:
    """The services that are left out of hours and kroner, by title."""
    titles = {service.code: service.title for service in policy.services}
    codes = dict.fromkeys(code for step in counts.steps for code in step.unpriced)
    return formats.listed([titles.get(code, code) for code in codes]) if codes else ""
