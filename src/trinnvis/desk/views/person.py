"""Finding a person, and their file: opened by a case, an enquiry, or a reason that the person can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from trinnvis.access.rules import CASEWORK_ROLES
from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, ReasonNeeded
from trinnvis.casework.queries.person_file import PersonFile, person_file, person_for
from trinnvis.casework.services.reason import LONGEST, SHORTEST
from trinnvis.casework.wording import CHANNELS, STAGES
from trinnvis.desk.forms.faults import put_on
from trinnvis.desk.forms.person import MOST, KinForm, PersonSearch, description_of
from trinnvis.people.queries import identity_number_of
from trinnvis.site.forms import Form
from trinnvis.site.once import done_once
from trinnvis.site.pages import actor_of_request, bind, form_data, staff_page, staff_page_for

LOOK = gettext_noop("Personopplysningene dine")
NUMBER_LOOK = gettext_noop("Personopplysningene og fødselsnummeret ditt")
MANDATES: dict[str, Promise] = {
    "power_of_attorney": gettext_lazy("fullmakt"),
    "guardian": gettext_lazy("verge"),
    "parent": gettext_lazy("foreldreansvar"),
}
SCOPES: dict[str, Promise] = {
    "read": gettext_lazy("lese"),
    "contact": gettext_lazy("ta kontakt"),
    "write": gettext_lazy("skrive"),
}
CONSENTS: dict[str, Promise] = {
    "share_with_next_of_kin": gettext_lazy("Dele opplysninger med pårørende"),
    "contact_on_behalf": gettext_lazy("Ta kontakt på vegne av personen"),
    "share_with_gp": gettext_lazy("Dele opplysninger med fastlegen"),
}


class ReasonForm(Form):
    reason = django_forms.CharField(
        label=gettext_lazy("Hvorfor trenger du å se opplysningene?"),
        help_text=gettext_lazy("Kort og presist. Innbyggeren kan lese grunnen i innsynsloggen sin."),
        min_length=SHORTEST,
        max_length=LONGEST,
    )


@dataclass(frozen=True)
class Power:
    """Who acts for whom, in words."""

    name: str
    kind: str
    scopes: str
    valid_to: date | None


@staff_page_for(CASEWORK_ROLES)
def find_person(request: HttpRequest) -> HttpResponse:
    """Search by what is posted; the hits are shown in the answer itself and stand in no address."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    typed = form_data(request)
    search = PersonSearch(typed) if request.method == "POST" else PersonSearch(initial=typed and typed.dict())
    searched = search.is_bound and search.is_valid()
    hits = search.find(actor, now) if searched else []
    context = {
        "form": search,
        "search": search,
        "searched": searched,
        "hits": [(hit, description_of(hit)) for hit in hits],
        "most": MOST,
    }
    status = 422 if search.is_bound and search.errors else 200
    return render(request, "desk/find_person.html", context, status=status)


@staff_page
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The file; or, when nothing open ties the reader to the person, the question why."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    try:
        person = person_for(actor, pk, now, what=_(LOOK))
    except ReasonNeeded:
        return _why(request, pk)
    return _shown(request, person_file(person, actor, now), "")


def _why(request: HttpRequest, pk: int) -> HttpResponse:
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    form = bind(ReasonForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_reason(person_id=pk, reason=form.cleaned_data["reason"], actor=actor, now=now)
        except Incomplete as incomplete:
            put_on(form, incomplete.missing)
        else:
            return redirect("desk:person", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/reason.html", {"form": form}, status=status)


@staff_page_for(CASEWORK_ROLES)
def identity_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with the identity number in clear; the look says so."""
    if request.method != "POST":  # on the way back from a new login: press the button again
        return redirect("desk:person", pk)
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    try:
        person = person_for(actor, pk, now, what=_(NUMBER_LOOK))
    except ReasonNeeded:
        return redirect("desk:person", pk)
    return _shown(request, person_file(person, actor, now), identity_number_of(person))


@staff_page_for(CASEWORK_ROLES)
def register_kin(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a next of kin; a look at the file like any other."""
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    try:
        person = person_for(actor, pk, now, what=_(LOOK))
    except ReasonNeeded:
        return redirect("desk:person", pk)
    form = bind(KinForm, request)
    if request.method == "POST" and done_once(request, lambda: _named(request, form, pk)):
        messages.success(request, _("Den pårørende er registrert."))
        return redirect("desk:person", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/register_kin.html", {"form": form, "person": person}, status=status)


def _named(request: HttpRequest, form: KinForm, pk: int) -> bool:
    if not form.is_valid():
        return False
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    try:
        services.name_next_of_kin(person_id=pk, actor=actor, now=now, **form.cleaned_data)
    except Incomplete as incomplete:
        put_on(form, incomplete.missing)
        return False
    return True


def _shown(request: HttpRequest, file: PersonFile, number: str) -> HttpResponse:
    context = {
        "file": file,
        "person": file.person,
        "number": number,
        "masked": f"{file.person.birth_date:%d%m%y}\N{NO-BREAK SPACE}•••••",
        "dwelling": file.person.household.dwelling if file.person.household else None,
        "household": [(each, each.age_on(timezone.localdate(request.now))) for each in file.household],  # type: ignore[attr-defined]
        "represented_by": [
            Power(m.representative.full_name, str(MANDATES[m.kind]), _scopes(m.scopes), m.valid_to)
            for m in file.represented_by
        ],
        "represents": [
            Power(m.principal.full_name, str(MANDATES[m.kind]), _scopes(m.scopes), m.valid_to)
            for m in file.represents
        ],
        "consents": [(CONSENTS[consent.kind], consent) for consent in file.consents],
        "cases": [(case, STAGES[case.stage]) for case in file.cases],
        "enquiries": [(enquiry, CHANNELS[enquiry.channel]) for enquiry in file.enquiries],
    }
    return render(request, "desk/person.html", context)


def _scopes(codes: list[str]) -> str:
    return ", ".join(str(words) for code, words in SCOPES.items() if code in codes)
