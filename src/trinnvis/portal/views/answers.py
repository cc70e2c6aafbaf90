"""What a citizen writes and answers in a case. Each page shows a form, and a POST hands it to a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from trinnvis.casework import services
from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.queries.alternatives import alternatives_in_words
from trinnvis.casework.queries.assessment import assessment_of, clarification_of
from trinnvis.casework.queries.goals import measurement_changes
from trinnvis.portal.forms.case import (
    AnswerForm,
    ApplyForm,
    AssessmentForm,
    CommentForm,
    GoalForm,
    GoalStateForm,
    WithdrawForm,
)
from trinnvis.portal.measures import changes_in_words
from trinnvis.portal.presenting import case_context
from trinnvis.portal.public import promises
from trinnvis.portal.visit import Visit, case_page, turned_away
from trinnvis.portal.wording import GOAL_STATES
from trinnvis.site.once import done_once
from trinnvis.site.pages import bind
from trinnvis.site.templatetags.trinnvis import norwegian

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def tried(request: HttpRequest, form: Any, save: Callable[[], object]) -> bool:
    """Save, once, what a valid form holds. What the service finds wrong is put on the form."""
    return request.method == "POST" and done_once(request, lambda: _held(form, save))


def _held(form: Any, save: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        save()
    except Incomplete as error:
        for missing in error.missing:
            form.add_error(missing.field if missing.field in form.fields else None, missing.message)
    except Refused as error:
        form.add_error(None, str(error))
    return not form.errors


def saved(request: HttpRequest, visit: Visit, text: str, to: str) -> HttpResponse:
    messages.success(request, text)
    return redirect(to, visit.case.number)


def status_of(request: HttpRequest) -> int:
    """A form that is shown again after a POST had something wrong in it."""
    return 422 if request.method == "POST" else 200


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: vurderingen"))
def assessment(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Both voices, topic by topic, and the citizen's own to write in."""
    view = assessment_of(visit.case, on=timezone.localdate(visit.now))
    form = bind(AssessmentForm, request, topics=view.topics)
    theirs: dict[str, Any] = {}
    try:
        if tried(request, form, lambda: _write(visit, form)):
            return saved(request, visit, gettext("Det du skrev, er lagret."), "portal:assessment")
    except Conflict as conflict:
        theirs = dict(conflict.current)  # type: ignore[call-overload]
        form = _from_theirs(form, theirs)
    if request.method == "POST" and (away := turned_away(request, visit, "citizen_words")) is not None:
        return away
    rows = [
        {"topic": topic, "field": field, "revision": revision, "theirs": theirs.get(topic.topic.code)}
        for topic, field, revision in form.rows()
    ]
    context = {**case_context(visit, "assessment"), "form": form, "rows": rows, "conflict": bool(theirs)}
    return render(
        request, "portal/case/assessment.html", context, status=409 if theirs else status_of(request)
    )


def _write(visit: Visit, form: AssessmentForm) -> object:
    return services.write_assessment(
        visit.case.number, voice="citizen", texts=form.texts(), actor=visit.actor, now=visit.now
    )


def _from_theirs(form: AssessmentForm, theirs: dict[str, Any]) -> AssessmentForm:
    """The form with what was typed, now as an answer to what the other saved."""
    data = dict(form.data.items())
    for topic in form.topics:
        if topic.topic.code in theirs:
            data[form.revision_field(topic)] = str(topic.citizen.revision)
    return AssessmentForm(data, topics=form.topics)


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: mål og målinger"))
def goals(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = bind(GoalForm, request)
    if tried(
        request,
        form,
        lambda: services.write_goal(
            visit.case.number, words=form.cleaned_data["words"], actor=visit.actor, now=visit.now
        ),
    ):
        return saved(request, visit, gettext("Målet er lagret."), "portal:goals")
    if request.method == "POST" and (away := turned_away(request, visit, "goal")) is not None:
        return away
    written = tuple(visit.case.goals.select_related("written_by"))
    context = {
        **case_context(visit, "goals"),
        "form": form,
        "goals": [{"goal": goal, "state": GOAL_STATES[goal.state]} for goal in written],
        "changes": changes_in_words(measurement_changes(visit.case), written),
        "clarification": clarification_of(visit.case),
    }
    return render(request, "portal/case/goals.html", context, status=status_of(request))


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: mål og målinger"))
def goal(request: HttpRequest, visit: Visit, goal_id: int) -> HttpResponse:
    """How it went with one goal."""
    found = visit.case.goals.filter(pk=goal_id).first()
    if found is None:
        raise Http404
    form = bind(GoalStateForm, request)
    if tried(
        request,
        form,
        lambda: services.evaluate_goal(
            visit.case.number, goal_id=goal_id, actor=visit.actor, now=visit.now, **form.cleaned_data
        ),
    ):
        return saved(request, visit, gettext("Svaret er lagret."), "portal:goals")
    if (away := turned_away(request, visit, "evaluate_goal")) is not None:
        return away
    context = {
        "visit": visit,
        "title": gettext("Hvordan gikk det med målet?"),
        "text": f"«{found.words}»",
        "form": form,
        "submit": gettext("Lagre"),
        "cancel_url": reverse("portal:goals", args=[visit.case.number]),
    }
    return render(request, "portal/confirm.html", context, status=status_of(request))


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: tilbud om avklaringsforløp"))
def clarification(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Yes or no to an offer. A no closes no door, and may become a yes later."""
    form = bind(AnswerForm, request)
    if tried(
        request,
        form,
        lambda: services.answer_clarification(
            visit.case.number,
            accept=form.cleaned_data["answer"] == "ja",
            note=form.cleaned_data["note"],
            actor=visit.actor,
            now=visit.now,
        ),
    ):
        return saved(request, visit, gettext("Svaret ditt er registrert."), "portal:case")
    if (away := turned_away(request, visit, "answer_clarification")) is not None:
        return away
    promise = promises(visit.policy, timezone.localdate(visit.now)).get("run_clarification")
    context = {
        "visit": visit,
        "case": visit.case,
        "form": form,
        "offer": clarification_of(visit.case),
        "how_long": promise.explanation if promise else "",
    }
    return render(request, "portal/case/clarification.html", context, status=status_of(request))


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: alternativer"))
def comment(request: HttpRequest, visit: Visit, alternative_id: int) -> HttpResponse:
    """The citizen's own view of one alternative."""
    found = next((each for each in alternatives_in_words(visit.case) if each.id == alternative_id), None)
    if found is None:
        raise Http404
    form = bind(CommentForm, request, initial={"text": found.citizen_view})
    if tried(
        request,
        form,
        lambda: services.comment_alternative(
            alternative_id, text=form.cleaned_data["text"], actor=visit.actor, now=visit.now
        ),
    ):
        return saved(request, visit, gettext("Det du mener, er lagret."), "portal:alternatives")
    if (away := turned_away(request, visit, "comment_alternative")) is not None:
        return away
    context = {
        "visit": visit,
        "title": norwegian(found.title),
        "text": norwegian(found.why),
        "form": form,
        "submit": gettext("Lagre"),
        "cancel_url": reverse("portal:alternatives", args=[visit.case.number]),
    }
    return render(request, "portal/confirm.html", context, status=status_of(request))


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: søknad"))
def apply(request: HttpRequest, visit: Visit) -> HttpResponse:
    """An application starts the clock."""
    form = bind(ApplyForm, request)
    if tried(
        request,
        form,
        lambda: services.register_application(
            number=visit.case.number,
            applies_for=form.cleaned_data["applies_for"],
            actor=visit.actor,
            now=visit.now,
        ),
    ):
        return saved(
            request,
            visit,
            gettext("Vi har fått søknaden. Fristen for å svare løper fra i dag."),
            "portal:case",
        )
    if (away := turned_away(request, visit, "apply")) is not None:
        return away
    context = {
        "visit": visit,
        "title": gettext("Søk om en tjeneste"),
        "text": gettext(
            "Når du søker, har du rett til svar innen en frist, og du kan klage på svaret. "
            "Du kan søke selv om du deltar i et avklaringsforløp."
        ),
        "form": form,
        "submit": gettext("Send søknaden"),
        "cancel_url": reverse("portal:case", args=[visit.case.number]),
    }
    return render(request, "portal/confirm.html", context, status=status_of(request))


@READ_AND_WRITE
@case_page(gettext_lazy("Saken: søknad"))
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Taking an application back is the citizen's own choice, made with open eyes."""
    form = bind(WithdrawForm, request)
    if tried(
        request,
        form,
        lambda: services.withdraw_application(
            number=visit.case.number,
            reason=form.cleaned_data["reason"],
            actor=visit.actor,
            now=visit.now,
        ),
    ):
        return saved(
            request, visit, gettext("Søknaden er trukket. Du kan søke igjen når som helst."), "portal:case"
        )
    if (away := turned_away(request, visit, "withdraw_application")) is not None:
        return away
    context = {
        "visit": visit,
        "title": gettext("Vil du trekke søknaden?"),
        "text": gettext("Da får du ikke noe vedtak nå, og fristen for å svare deg slutter å løpe."),
        "more": gettext("Saken er fortsatt åpen, og du kan søke igjen når som helst."),
        "form": form,
        "submit": gettext("Trekk søknaden"),
        "color": "danger",
        "cancel_url": reverse("portal:case", args=[visit.case.number]),
    }
    return render(request, "portal/confirm.html", context, status=status_of(request))
