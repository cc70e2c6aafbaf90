"""The assessment (vurdering): the citizen's and the professional's voices side by side, saved as one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, Missing, Refused
from trinnvis.casework.queries.assessment import AssessmentView, assessment_of
from trinnvis.casework.wording import CAPACITY
from trinnvis.desk.forms.assessment import AssessmentForm
from trinnvis.desk.forms.faults import put_on
from trinnvis.site.once import done_once
from trinnvis.site.pages import form_data, staff_page

from .page import CasePage, open_page, show


@staff_page
def assessment(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_assessment")
    view = assessment_of(page.case, on=page.today)
    form = AssessmentForm(
        form_data(request), view=view, ladder=page.policy.housing_ladder, possible=page.possible
    )
    if request.method == "POST" and done_once(request, lambda: _written(page, form)):
        return HttpResponseRedirect(page.url("case_assessment"))
    return show(page, "assessment.html", _context(page, view, form))


def _written(page: CasePage, form: AssessmentForm) -> bool:
    """Saved, and completed where the button says so."""
    saved = form.is_valid() and _saved(page, form)
    if saved and page.request.POST.get("then") == "complete":
        _complete(page)
    return saved


def _saved(page: CasePage, form: AssessmentForm) -> bool:
    try:
        added = services.save_assessment(page.number, form=form.written(), **page.who)
    except services.NotSaved as error:
        put_on(form, error.missing)
        form.meet(error.theirs)
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    if added:
        messages.success(page.request, _("Vurderingen er lagret."))
    elif page.request.POST.get("then") != "complete":
        messages.info(page.request, _("Ingenting var endret. Vurderingen står som før."))
    return True


def _complete(page: CasePage) -> None:
    try:
        services.complete_assessment(page.number, **page.who)
    except Incomplete as error:
        count = len(error.missing)
        messages.warning(
            page.request,
            _("Vurderingen er ikke fullført ennå. Det mangler %(count)s ting, se listen nederst.")
            % {"count": count},
        )
    except Refused as error:
        messages.warning(page.request, str(error))
    else:
        messages.success(
            page.request, _("Vurderingen av behovet er fullført. Nå kan alternativene sammenlignes.")
        )


def _context(page: CasePage, view: AssessmentView, form: AssessmentForm) -> dict[str, object]:
    is_open = page.possible.state.is_open("assess")
    missing = services.what_is_missing(page.case, now=page.now) if is_open else ()
    return {
        "view": view,
        "form": form,
        "ladder": page.policy.housing_ladder,
        "missing": [(item.message, _target(item)) for item in missing],
        "is_open": is_open,
        "may_write": any(form.may.values()),
        "capacity": [(row, CAPACITY.get(row.conclusion, row.conclusion)) for row in view.capacity],
    }


def _target(item: Missing) -> str:
    """The id of the control where it is put right."""
    several = item.field.startswith("score-") or item.field == "housing_step"
    return f"id_{item.field}_0" if several else f"id_{item.field}"
