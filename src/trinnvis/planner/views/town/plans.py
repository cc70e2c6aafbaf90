"""Plans as they are kept: versions, what was changed, taking a change out, side by side, off the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.keeping import Conflict, NotFound, Unfit
from trinnvis.planner.views.town.asking import Asked, with_changes
from trinnvis.planner.views.town.common import basics, town_desk, town_page
from trinnvis.townplans import services
from trinnvis.townplans.changes import Changes, read, said
from trinnvis.townplans.queries import SavedPlan, history, saved_plan, saved_plans
from trinnvis.townplans.wording import change_sentences, counted
from trinnvis.trouble import Trouble

FEWEST, MOST = 1, 4


@town_page
@require_safe
def plans(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Every plan of this town, to open or to compare."""
    every = saved_plans(asked.actor, asked.base.code)
    context = basics(asked) | {
        "plans": [one for one in every if not one.is_archived],
        "archived": [one for one in every if one.is_archived],
    }
    return render(request, "planner/town/plans.html", context)


@town_page
@require_safe
def plan_history(request: HttpRequest, asked: Asked, pk: int) -> HttpResponse:
    """Every version of a plan, each with its changes in words."""
    try:
        versions = history(asked.actor, pk)
    except NotFound:
        raise Http404 from None
    if versions[0].base != asked.base.code:
        raise Http404
    rows = [(one, _in_words(one, asked)) for one in versions]
    context = basics(asked) | {"rows": rows, "name": versions[0].name, "newest": versions[0]}
    return render(request, "planner/town/history.html", context)


@town_desk
def undo(request: HttpRequest, asked: Asked, number: int) -> HttpResponse:
    """One change taken out of the plan, after a question."""
    plan = _open_plan(asked)
    try:
        rows = list(read(plan.rows))
    except Trouble:
        raise Http404 from None
    if not 1 <= number <= len(rows):
        raise Http404
    taken = rows.pop(number - 1)
    back = f"{reverse('planner:town')}?{asked.query()}"
    if request.method == "POST":
        return _save(request, asked, plan, tuple(rows), back, _("Endringen er tatt ut."))
    context = {
        "base_template": "planner/base.html",
        "title": _("Ta ut endringen?"),
        "text": said(taken, asked.seen.found.before.town, asked.policy) + ". "
        + _("Eldre utgaver av planen beholder den."),
        "submit": _("Ta ut"),
        "action": _with_revision(request, plan),
        "cancel_url": back,
    }  # fmt: skip
    return render(request, "confirm.html", context)


@town_desk
def go_back(request: HttpRequest, asked: Asked) -> HttpResponse:
    """An older version saved as the newest, after a question."""
    plan = _open_plan(asked)
    back = f"{reverse('planner:town')}?{asked.query(utgave=None)}"
    if request.method == "POST":
        try:
            changes = read(plan.rows)
        except Trouble as trouble:
            messages.error(request, f"{trouble} {trouble.remedy}")
            return HttpResponseRedirect(back)
        return _save(request, asked, plan, changes, back, _("Den eldre utgaven gjelder igjen."))
    context = {
        "base_template": "planner/base.html",
        "title": _("Gå tilbake til utgave %(number)d?") % {"number": plan.revision},
        "text": _("Den lagres som en ny utgave. Ingen utgave slettes."),
        "submit": _("Gå tilbake"),
        "action": _with_revision(request, plan),
        "cancel_url": back,
    }
    return render(request, "confirm.html", context)


@town_desk
def archive(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Off the list or back on it, after a question."""
    plan = _open_plan(asked)
    back = f"{reverse('planner:town_plans')}?{asked.query(plan=None, utgave=None)}"
    if request.method == "POST":
        change = services.restore_plan if plan.is_archived else services.archive_plan
        try:
            change(plan.pk, actor=asked.actor, now=asked.now)
        except NotFound:
            raise Http404 from None
        except Unfit as fault:
            messages.error(request, str(fault))
        return HttpResponseRedirect(back)
    title, text, submit = (
        (_("Hente «%(name)s» fram igjen?"), _("Planen kommer tilbake på lista."), _("Hent fram igjen"))
        if plan.is_archived
        else (
            _("Arkivere «%(name)s»?"),
            _("Planen går ut av lista. Adressen og utgavene blir stående, og den kan hentes fram igjen."),
            _("Arkiver"),
        )
    )
    context = {
        "base_template": "planner/base.html",
        "title": title % {"name": plan.name},
        "text": text,
        "submit": submit,
        "cancel_url": back,
    }
    return render(request, "confirm.html", context)


@town_page
@require_safe
def compare(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The town as it is beside one to four plans: who reaches the daily errands, who gains and who loses."""
    numbers = [text for text in request.GET.getlist("velg") if text.isdecimal() and len(text) < 10]
    wanted = list(dict.fromkeys(int(text) for text in numbers))
    if not FEWEST <= len(wanted) <= MOST:
        messages.error(
            request, _("Kryss av for fra %(few)d til %(most)d planer.") % {"few": FEWEST, "most": MOST}
        )
        return redirect(f"{reverse('planner:town_plans')}?{asked.query()}")
    sides, troubles = [], []
    for pk in wanted:
        try:
            plan = saved_plan(asked.actor, pk)
            if plan.base != asked.base.code:
                raise Http404
            sides.append((plan, with_changes(asked, read(plan.rows))))
        except NotFound:
            raise Http404 from None
        except Trouble as trouble:
            troubles.append(f"{trouble} {trouble.remedy}")
    seen = asked.seen
    before = seen.found.before
    table = [
        (
            area or _("Hele området"),
            asked.policy.categories[one].title,
            counted(seen.reach(one, area, result=before)),
            [counted(other.seen.reach(one, area)) for _plan, other in sides],
        )
        for area in dict.fromkeys((*seen.areas, ""))
        for one in seen.daily
    ]
    context = basics(asked) | {
        "sides": [
            (plan, list(change_sentences(other.seen)), _in_words(plan, asked)) for plan, other in sides
        ],
        "troubles": troubles,
        "table": table,
    }
    return render(request, "planner/town/compare.html", context)


def _open_plan(asked: Asked) -> SavedPlan:
    if asked.plan is None:
        raise Http404
    return asked.plan


def _with_revision(request: HttpRequest, plan: SavedPlan) -> str:
    """The address of the question, with the version it was asked about."""
    query = request.GET.copy()
    query["lest"] = str(plan.newest)
    return f"{request.path}?{query.urlencode()}"


def _save(
    request: HttpRequest, asked: Asked, plan: SavedPlan, changes: Changes, back: str, done: str
) -> HttpResponse:
    read_revision = request.GET.get("lest", "")
    try:
        services.save_plan(
            plan.pk,
            network=asked.base.town.network.version,
            name=plan.name,
            note=plan.note,
            changes=changes,
            expected_revision=int(read_revision) if read_revision.isdecimal() else plan.newest,
            actor=asked.actor,
            now=asked.now,
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
    except NotFound:
        raise Http404 from None
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


def _in_words(plan: SavedPlan, asked: Asked) -> list[str]:
    try:
        changes = read(plan.rows)
    except Trouble as trouble:
        return [f"{trouble} {trouble.remedy}"]
    return [said(one, asked.seen.found.before.town, asked.policy) for one in changes]
