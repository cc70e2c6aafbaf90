"""The town's own files: what is taken in, from whom and with which licence; more of them, or fewer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.keeping import NotFound
from trinnvis.planner.forms.town_files import KINDS, LARGEST_MB, TownFilesForm
from trinnvis.planning.town.importing.asking import Unsaid
from trinnvis.planning.town.importing.files import MEGABYTE
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.site.pages import actor_of_request, staff_page_for
from trinnvis.site.uploads import NotTooMuch
from trinnvis.townplans.bases import INVENTED, codes_here
from trinnvis.townplans.importing import Sent, take_away, take_in, taken_in
from trinnvis.trouble import Trouble

ASKED_IN = {"crs": "crs", "layer": "lag", "kind": "slag"}
"""The field for what a file does not say."""


@csrf_exempt  # the token is checked in `_files`, once it is decided how much is read
def files(request: HttpRequest) -> HttpResponse:
    handler = NotTooMuch(request, LARGEST_MB * MEGABYTE)
    request.upload_handlers.insert(0, handler)
    response: HttpResponse = _files(request, handler)
    return response


@csrf_protect
@staff_page_for(PLANNING_ROLES)
def _files(request: HttpRequest, handler: NotTooMuch) -> HttpResponse:
    form = TownFilesForm()
    if request.method == "POST":
        form = TownFilesForm(request.POST, request.FILES, over=handler.over)
        if form.is_valid() and (number := _taken(request, form)):
            done = ngettext("%(number)d fil er hentet inn.", "%(number)d filer er hentet inn.", number)
            messages.success(request, done % {"number": number} + " " + _("Rapporten står under."))
            return redirect("planner:town_files")
    try:
        held, trouble = taken_in(), None
    except Trouble as damaged:
        held, trouble = [], damaged
    titles = {str(kind): title for kind, title in KINDS.items()}
    context = {
        "form": form,
        "held": [(one, titles.get(one.kind, one.kind)) for one in held],
        "trouble": trouble,
        "invented": codes_here() == [INVENTED],
    }
    return render(request, "planner/town/files.html", context, status=422 if form.errors else 200)


@staff_page_for(PLANNING_ROLES)
def remove_file(request: HttpRequest, name: str) -> HttpResponse:
    """An import taken away, after a question."""
    found = next((one for one in taken_in() if one.name == name), None)
    if found is None:
        raise Http404
    title = found.origins[0].title if found.origins else name
    if request.method == "POST":
        try:
            take_away(name, actor=actor_of_request(request))
        except NotFound:
            raise Http404 from None
        messages.success(request, _("%(title)s er tatt bort.") % {"title": title})
        return redirect("planner:town_files")
    context = {
        "base_template": "planner/base.html",
        "title": _("Ta bort %(title)s?") % {"title": title},
        "text": _("Det som var hentet inn før, gjelder igjen. Planene og rettelsene blir stående."),
        "submit": _("Ta bort"),
        "cancel_url": redirect("planner:town_files").url,
    }
    return render(request, "confirm.html", context)


def _taken(request: HttpRequest, form: TownFilesForm) -> int:
    """How many files were taken in; 0 with the reason on the field when none could be."""
    today = timezone.localdate(request.now)  # type: ignore[attr-defined]
    try:
        municipality: str | None = policy_at(today).municipality.code
    except NoPolicy:
        municipality = None
    sent = [Sent(one.name or "", one.chunks()) for one in form.cleaned_data["filer"]]
    try:
        return len(take_in(sent, form.said(municipality), actor=actor_of_request(request), today=today))
    except Unsaid as unsaid:
        form.add_error(ASKED_IN[unsaid.asks], f"{unsaid} {unsaid.remedy}")
        form.add_error("filer", _("Velg filene på nytt. Ingenting er hentet inn."))
    except Trouble as trouble:
        form.add_error("filer", f"{trouble} {trouble.remedy} " + _("Ingenting er hentet inn."))
    return 0
