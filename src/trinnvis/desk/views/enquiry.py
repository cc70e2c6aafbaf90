"""One door in, from the staff's side: register an enquiry, find whom it is about, and triage it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trinnvis.access.actor import Actor
from trinnvis.access.rules import CASEWORK_ROLES
from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, Refused
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.case import enquiry_to_handle
from trinnvis.casework.queries.enquiries import enquiries_to_work_on
from trinnvis.casework.queries.receiving import receiving_units
from trinnvis.casework.queries.triage_outlook import outlooks
from trinnvis.casework.queries.visible import cases_to_work_on
from trinnvis.casework.wording import CHANNELS
from trinnvis.desk.forms.enquiry import EnquiryForm
from trinnvis.desk.forms.faults import put_on
from trinnvis.desk.forms.person import UNKNOWN, ChoosePerson, PersonSearch, person_marked
from trinnvis.desk.forms.triage import OUTCOMES, TriageForm, told
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at
from trinnvis.site.components import SummaryRow
from trinnvis.site.once import done_once
from trinnvis.site.pages import actor_of_request, bind, form_data, staff_page_for

LOOK = gettext_noop("Henvendelsen din")


@staff_page_for(CASEWORK_ROLES)
def new_enquiry(request: HttpRequest) -> HttpResponse:
    """Search and registration are one form with two buttons, so that nothing typed is lost on the way."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    typed = _typed(request)
    saving = request.method == "POST" and "find" not in typed
    known = person_marked(typed.get("who", ""), actor, now)
    unknown = typed.get("who") == UNKNOWN
    searching = request.method == "POST" and not (saving and (known or unknown))
    search = (
        PersonSearch(typed or None, name_needed=True) if saving and unknown else PersonSearch(initial=typed)
    )
    found = [known] if known else []
    if searching:
        search = PersonSearch(typed)
        found = search.find(actor, now) if search.is_valid() else []
    choose = ChoosePerson(
        typed if saving else None,
        found=found, actor=actor, unknown=True,
        initial={"who": typed.get("who", "")},
    )  # fmt: skip
    form = EnquiryForm(typed, now=now) if saving else EnquiryForm(initial=typed, now=now)
    shown = [search, choose, form]
    correct = [each.is_valid() for each in shown if each.is_bound]  # every one is asked
    if saving and all(correct):
        try:
            enquiry = services.register_enquiry(
                actor=actor,
                now=now,
                submission_key=form.cleaned_data["submission_key"],
                channel=form.cleaned_data["channel"],
                said=form.said,
                person=known.person if known else None,
                unidentified_name="" if known else typed.get("name", ""),
                contact=form.contact,
                received_at=form.received_at,
            )
        except Incomplete as incomplete:
            same_day = form.cleaned_data["received_on"] == timezone.localdate(now)
            where = "received_clock" if same_day else "received_on"
            put_on(form, incomplete.missing, {"received_at": where})
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after_registering(request, enquiry, actor, now)
    context = {
        "search": search,
        "choose": choose,
        "enquiry_form": form,
        "forms": shown,
        "hits": found,
        "searched": searching and search.is_valid(),
    }
    return _answer(request, "desk/new_enquiry.html", context)


def _after_registering(request: HttpRequest, enquiry: Enquiry, actor: Actor, now: datetime) -> HttpResponse:
    """On to the enquiry, for those who judge it; others are told who does."""
    if enquiries_to_work_on(actor, now).filter(pk=enquiry.pk).exists():
        words = _("Henvendelsen er registrert som %(number)s. Vurder den med en gang hvis du kan.")
        messages.success(request, words % {"number": enquiry.number})
        return redirect("desk:enquiry", enquiry.number)
    policy = policy_at(timezone.localdate(now))
    words = _("Henvendelsen er registrert som %(number)s. %(unit)s vurderer den, og tar saken videre.")
    unit = policy.unit(policy.municipality.intake_unit).title
    messages.success(request, words % {"number": enquiry.number, "unit": unit})
    return redirect("desk:worklist")


@staff_page_for(CASEWORK_ROLES)
def enquiry_page(request: HttpRequest, number: str) -> HttpResponse:
    """Read an enquiry and decide what it leads to."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    enquiry = enquiry_to_handle(actor, number, now, what=_(LOOK))
    policy = policy_at(timezone.localdate(now))
    looks = outlooks(enquiry, now)
    receiving = receiving_units(policy, on=timezone.localdate(now))
    others = [unit for unit in receiving if unit.code != policy.municipality.intake_unit]
    form = bind(TriageForm, request, others=others, outlooks=looks, applied=enquiry.is_application)
    if request.method == "POST" and done_once(request, lambda: _triaged(form, number, actor, now)):
        case = Case.objects.filter(enquiries__number=number).first()
        return _after_triage(request, actor, now, case, policy)
    context = _shown(enquiry, actor, now) | {"form": form, "outlook": told(looks), "search": PersonSearch()}
    return _answer(request, "desk/enquiry.html", context | {"forms": [form]})


def _triaged(form: TriageForm, number: str, actor: Actor, now: datetime) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        services.triage(
            enquiry_number=number,
            outcome=said["outcome"],
            reason=said["reason"],
            unit=said["unit"] or None,
            is_application=said.get("is_application", False),
            actor=actor,
            now=now,
        )
    except Incomplete as incomplete:
        put_on(form, incomplete.missing)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@staff_page_for(CASEWORK_ROLES)
def identify(request: HttpRequest, number: str) -> HttpResponse:
    """Find whom an enquiry is about: search, then choose."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    enquiry = enquiry_to_handle(actor, number, now, what=_(LOOK))
    typed = _typed(request)
    known = person_marked(typed.get("who", ""), actor, now)
    if request.method == "POST" and "find" not in typed and known and known.may_open:
        try:
            services.identify_enquiry(number=number, person=known.person, actor=actor, now=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("Henvendelsen gjelder nå %(name)s.") % {"name": known.person.full_name}
            )
        return redirect("desk:enquiry", number)
    search = PersonSearch(typed) if request.method == "POST" else PersonSearch(
        initial=typed or {"name": enquiry.unidentified_name}
    )  # fmt: skip
    searched = search.is_bound and search.is_valid()
    found = search.find(actor, now) if searched else []
    choosing = request.method == "POST" and "find" not in typed
    choose = ChoosePerson(typed if choosing else None, found=found, actor=actor, unknown=False)
    context = {
        "enquiry": enquiry,
        "search": search,
        "choose": choose,
        "forms": [search, choose],
        "hits": found,
        "searched": searched,
    }
    return _answer(request, "desk/identify.html", context)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, now or before the session ran out; {} when nothing was."""
    data = form_data(request)
    return {name: str(data[name]) for name in data} if data is not None else {}


def _after_triage(
    request: HttpRequest, actor: Actor, now: datetime, case: Case | None, policy: Policy
) -> HttpResponse:
    """To the case where the actor may see it; else to the worklist with what became of it."""
    if case is None:
        messages.success(request, _("Henvendelsen er besvart med råd og veiledning."))
    elif cases_to_work_on(actor, now).filter(pk=case.pk).exists():
        messages.success(request, _("Henvendelsen ligger nå i sak %(number)s.") % {"number": case.number})
        return redirect("desk:case", case.number)
    else:
        words = _("%(unit)s har fått henvendelsen som sak %(number)s, og svarer videre.")
        messages.success(request, words % {"unit": policy.unit(case.unit).title, "number": case.number})
    return redirect("desk:worklist")


def _shown(enquiry: Enquiry, actor: Actor, now: datetime) -> dict[str, object]:
    """The enquiry in words, with the case it became where the actor may see that."""
    case = enquiry.case
    sees = case is not None and cases_to_work_on(actor, now).filter(pk=case.pk).exists()
    return {
        "enquiry": enquiry,
        "person": enquiry.person,
        "age": enquiry.person.age_on(timezone.localdate(now)) if enquiry.person else None,
        "channel": CHANNELS[enquiry.channel],
        "said": [row for row in _said(enquiry) if row.value],
        "outcome": OUTCOMES[enquiry.triage][0] if enquiry.triage else "",
        "case_url": reverse("desk:case", args=[case.number]) if sees and case else "",
    }


def _said(enquiry: Enquiry) -> list[SummaryRow]:
    return [
        SummaryRow(_("Det gjelder"), enquiry.what_matters),
        SummaryRow(_("Det som haster"), enquiry.urgency_note),
        SummaryRow(_("Det søkes om"), enquiry.applies_for),
        SummaryRow(_("Klarer selv"), enquiry.what_i_manage),
        SummaryRow(_("Rundt personen"), enquiry.who_is_around),
        SummaryRow(_("Bor"), enquiry.how_i_live),
    ]


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    forms = context["forms"]
    assert isinstance(forms, list)
    faulty = any(each.is_bound and each.errors for each in forms)
    return render(request, template, context, status=422 if faulty else 200)
