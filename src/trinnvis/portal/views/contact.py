"""One door in: the contact form from introduction to receipt. Nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from trinnvis.access.queries import represented_by
from trinnvis.casework import services
from trinnvis.casework.errors import CaseworkError, Incomplete, NotFound
from trinnvis.casework.queries.receipt import receipt_of
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.people.identity import InvalidIdentityNumber
from trinnvis.portal import contact
from trinnvis.portal.actor import citizen_of, now_of
from trinnvis.portal.contact import STEPS, Begun, Sending, Step
from trinnvis.portal.summary import summary_of
from trinnvis.site.components import FormStep
from trinnvis.site.pages import bind, citizen_page, form_data

TO_SUMMARY = "oppsummering"
LANGUAGE_FORM = "steget"  # the id of the form that is kept when another language is chosen


@require_safe
def intro(request: HttpRequest) -> HttpResponse:
    """What the form is, before anyone has to log in."""
    actor = citizen_of(request)
    begun = contact.begun_by(actor) if actor.account_id and actor.person_id else Begun()
    context = {"begun": begun, "steps": STEPS, "step_url": _url(STEPS[begun.step - 1])}
    return render(request, "portal/contact/intro.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_page
def step(request: HttpRequest, number: int) -> HttpResponse:
    """One step: shown as it stands, kept as typed, and left in the direction the button says."""
    if not 1 <= number <= len(STEPS):
        raise Http404
    actor, here = citizen_of(request), STEPS[number - 1]
    begun = contact.begun_by(actor)
    posted = form_data(request)
    mark = posted.get("mark", contact.NOTHING) if posted is not None else begun.mark(here)
    theirs: list[Any] = []
    if request.method == "POST":
        answers = contact.typed(here, request.POST)
        if mark == begun.mark(here) or answers == begun.answers.get(here.key):
            contact.keep(begun, here, answers, actor=actor, now=now_of(request))
            if (answer := _leave(request, begun, here)) is not None:
                return answer
        else:
            theirs = summary_of(_form(request, begun, here, stored=True))
        mark = begun.mark(here)
    form = _form(request, begun, here, stored=False)
    context = {
        "step": here,
        "form": form,
        "mark": mark,
        "theirs": theirs,
        "steps": _stepper(begun, here),
        "previous_url": _url(STEPS[number - 2]) if number > 1 else "",
        "to_summary": request.GET.get("til") == TO_SUMMARY,
        "language_form": LANGUAGE_FORM,
        "about": begun.person_for(form.represented) if number > 1 else None,
    }
    wrong = request.method == "POST" and not theirs
    return render(
        request, "portal/contact/step.html", context, status=422 if wrong else 409 if theirs else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_page
def summary(request: HttpRequest) -> HttpResponse:
    """Everything on one page, with the way back to each step; a POST sends it."""
    actor = citizen_of(request)
    begun = contact.begun_by(actor)
    if request.method == "POST":
        return _send(request, begun)
    if not begun.exists:
        return _nothing_to_send(request)
    return _show_summary(request, begun)


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_page
def discard(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.discard_draft(actor=citizen_of(request))
        messages.success(request, _("Utkastet er slettet."))
        return redirect("portal:contact")
    context = {
        "title": _("Vil du slette utkastet?"),
        "text": _("Det du har skrevet, blir borte. Ingenting er sendt til kommunen."),
        "submit": _("Slett utkastet"),
        "color": "danger",
        "cancel_url": reverse("portal:contact"),
    }
    return render(request, "portal/confirm.html", context)


@require_safe
@citizen_page
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    try:
        found = receipt_of(citizen_of(request), number, now_of(request))
    except NotFound as error:
        raise Http404 from error
    return render(request, "portal/contact/receipt.html", {"receipt": found})


def _url(where: Step) -> str:
    return reverse("portal:contact_step", args=[where.number])


def _options(request: HttpRequest, begun: Begun) -> dict[str, Any]:
    represented = represented_by(citizen_of(request), now_of(request))
    return {"represented": represented, "for_another": begun.for_another}


def _form(request: HttpRequest, begun: Begun, here: Step, *, stored: bool) -> Any:
    """The step's form: as posted or restored, else as kept; judged when posted or when it must be mended."""
    options = _options(request, begun)
    checked = stored or request.GET.get("til") == TO_SUMMARY
    if not stored and form_data(request) is not None:
        return bind(here.form, request, **options)
    return begun.form(here, options["represented"], checked=checked and here.key in begun.answers)


def _leave(request: HttpRequest, begun: Begun, here: Step) -> HttpResponse | None:
    """Where the pressed button leads; None when something must be put right first."""
    if LANGUAGE_QUERY_PARAMETER in request.POST:
        return set_language(request)
    match request.POST.get("go"):
        case "back" if here.number > 1:
            return redirect(_url(STEPS[here.number - 2]))
        case "later":
            messages.success(request, _("Utkastet er lagret. Du finner det igjen her på Min side."))
            return redirect("portal:my_page")
    if not begun.form(here, _options(request, begun)["represented"], checked=True).is_valid():
        return None
    if request.GET.get("til") == TO_SUMMARY or here.number == len(STEPS):
        return redirect("portal:contact_summary")
    return redirect(_url(STEPS[here.number]))


def _stepper(begun: Begun, here: Step) -> tuple[FormStep, ...]:
    return tuple(
        FormStep(
            each.number,
            str(each.title),
            "current" if each is here else "done" if each.key in begun.answers else "todo",
            _url(each) if each.key in begun.answers else "",
        )
        for each in STEPS
    )


def _show_summary(
    request: HttpRequest, begun: Begun, *, notice: str = "", faults: tuple[Any, ...] = ()
) -> HttpResponse:
    represented = _options(request, begun)["represented"]
    forms = begun.forms(represented)
    sections = [
        {
            "step": each,
            "rows": summary_of(form),
            "url": f"{_url(each)}?til={TO_SUMMARY}",
            "errors": [text for texts in form.errors.values() for text in texts],
        }
        for each, form in forms
    ]
    context = {
        "sections": sections,
        "ready": all(form.is_valid() for _each, form in forms),
        "key": begun.key,
        "mark": begun.whole_mark,
        "notice": notice,
        "faults": faults,
        "last_url": _url(STEPS[-1]),
        "about": begun.person_for(represented),
        "unreachable": begun.says_urgent and not begun.phone and not request.user.person.phone,  # type: ignore[union-attr]
        "phone_url": f"{_url(STEPS[0])}?til={TO_SUMMARY}",
    }
    status = 409 if notice else 422 if faults else 200
    return render(request, "portal/contact/summary.html", context, status=status)


def _send(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Send what the summary showed. The same form sent twice leads to the same receipt."""
    forms = begun.forms(_options(request, begun)["represented"])
    key = request.POST.get("submission_key", "")
    if begun.exists and key == begun.key:
        if request.POST.get("mark") != begun.whole_mark:
            return _show_summary(
                request,
                begun,
                notice=_("Noe ble endret i et annet vindu etter at du åpnet siden. Se over på nytt og send."),
            )
        if not all(form.is_valid() for _step, form in forms):
            return _show_summary(request, begun)
        what = contact.sending(forms, citizen_of(request).person_id or 0)
    else:
        what = Sending(Said(), Contact())  # nothing to send: only a form sent before has an answer
    try:
        number = _register(request, what, key)
    except Incomplete as error:
        if not begun.exists:
            return _nothing_to_send(request)
        return _show_summary(request, begun, faults=error.missing)
    except (CaseworkError, InvalidIdentityNumber) as error:
        gone = isinstance(error, NotFound)
        text = _("Du kan ikke ta kontakt for denne personen lenger. Velg på nytt hvem det gjelder.")
        return _show_summary(request, begun, notice=text if gone else str(error))
    return redirect("portal:receipt", number)


def _nothing_to_send(request: HttpRequest) -> HttpResponse:
    """Also where the back button leads from the receipt."""
    messages.info(request, _("Det er ikke noe utkast å sende. Har du sendt det allerede, ser du det her."))
    return redirect("portal:my_page")


def _register(request: HttpRequest, what: Sending, key: str) -> str:
    actor = citizen_of(request)
    people = {each.person.pk: each.person for each in _options(request, Begun())["represented"]}
    people[actor.person_id] = request.user.person  # type: ignore[union-attr]
    if what.person_key is not None and what.person_key not in people:
        raise NotFound("person")
    enquiry = services.register_enquiry(
        actor=actor,
        now=now_of(request),
        submission_key=key,
        channel="portal",
        said=what.said,
        person=people[what.person_key] if what.person_key is not None else None,
        unidentified_name=what.name,
        identity_number=what.identity_number,
        contact=what.contact,
    )
    return enquiry.number
