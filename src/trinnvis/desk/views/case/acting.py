"""One page for each small thing that is done in a case: shows its form, and does it once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from trinnvis.casework.errors import Conflict, Incomplete, NotFound, Refused
from trinnvis.casework.queries.visible import cases_to_work_on
from trinnvis.desk.acts import Act
from trinnvis.desk.forms.faults import build_on, put_on
from trinnvis.site.forms import Form
from trinnvis.site.once import done_once
from trinnvis.site.pages import form_data, staff_page

from .assessing_acts import ASSESSING
from .deciding_acts import DECIDING
from .handling_acts import HANDLING
from .page import CasePage, open_page, show

ACTS: dict[str, Act] = {**HANDLING, **ASSESSING, **DECIDING}


@staff_page
def act(request: HttpRequest, number: str, act: str, thing: int = 0) -> HttpResponse:
    wanted = ACTS.get(act)
    if wanted is None:
        raise Http404
    page = open_page(request, number, wanted.back)
    back = HttpResponseRedirect(page.url(wanted.back))
    form = wanted.form(page, form_data(request), thing)
    if request.method == "POST" and done_once(request, lambda: _ran(page, wanted, form, thing)):
        messages.success(request, str(wanted.done))
        return _back(page, back)
    context = {
        "act": wanted,
        "form": form,
        "possible": page.possible.all[wanted.code],
        "back": page.url(wanted.back),
        "about": _about(page, act, thing),
    }
    return show(page, "act.html", context)


def _back(page: CasePage, back: HttpResponse) -> HttpResponse:
    """To the case, or to the worklist when what was done took the case out of the actor's sight."""
    sees = cases_to_work_on(page.actor, page.now).filter(pk=page.case.pk).exists()
    return back if sees else redirect("desk:worklist")


def _ran(page: CasePage, wanted: Act, form: Form, thing: int) -> bool:
    if not form.is_valid():
        return False
    try:
        wanted.run(page, form.cleaned_data, thing)
    except Incomplete as error:
        put_on(form, error.missing, wanted.names)
    except Conflict as error:
        form.add_error(None, str(error))
        _meet(form, error)
    except Refused as error:
        form.add_error(None, str(error))
    except NotFound:
        raise Http404 from None
    else:
        return True
    return False


def _meet(form: Form, error: Conflict) -> None:
    """What is typed stays in the fields, what the other one wrote is shown beside."""
    build_on(form, {"revision": getattr(error.current, "revision", 0)})
    form.theirs = error.current  # type: ignore[attr-defined]


def _about(page: CasePage, act: str, thing: int) -> str:
    """What the page is about, in words, where it is one of several."""
    rows = {
        "evaluate_goal": page.case.goals,
        "choose": page.case.alternatives,
        "withdraw_alternative": page.case.alternatives,
    }
    if act not in rows:
        return ""
    found = rows[act].filter(pk=thing).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return getattr(found, "words", "") or getattr(found, "title", "")
