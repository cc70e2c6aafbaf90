"""The criteria (tildelingskriterier) of one service, one at a time; nothing is answered beforehand."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.casework import services
from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.queries.criteria import CriteriaState, considered, criteria_state
from trinnvis.casework.rules.criteria import find_question
from trinnvis.desk.forms.faults import build_on, put_on
from trinnvis.policy.criteria import Question, ReasonRule
from trinnvis.site.forms import Described, Form, HiddenField, RevisionField, TextArea
from trinnvis.site.once import done_once
from trinnvis.site.pages import form_data, staff_page

from .page import CasePage, open_page, show

REASONS = {
    ReasonRule.REQUIRED: gettext_lazy("Svaret skal begrunnes."),
    ReasonRule.OPTIONAL: gettext_lazy("Svaret kan begrunnes."),
}


class CriterionForm(Form):
    answer = django_forms.ChoiceField(widget=django_forms.RadioSelect)
    reason = django_forms.CharField(
        label=gettext_lazy("Begrunnelse med egne ord"), widget=TextArea(3), required=False, strip=False
    )
    question = HiddenField()
    revision = RevisionField()

    def __init__(self, data: Any, *, question: Question, standing: dict[str, Any]) -> None:
        super().__init__(data, initial=standing)
        field = self.fields["answer"]
        assert isinstance(field, django_forms.ChoiceField)
        field.label, field.help_text = question.text, question.help
        field.choices = [(each.code, _described(each.label, each.reason)) for each in question.answers]
        if all(each.reason is ReasonRule.NONE for each in question.answers):
            del self.fields["reason"]


def _described(label: str, rule: ReasonRule) -> Described | str:
    return Described(label, REASONS[rule]) if rule in REASONS else label


@staff_page
def criteria(request: HttpRequest, number: str, service: str) -> HttpResponse:
    page = open_page(request, number, "case_alternatives")
    if service not in considered(page.case).allowed:
        raise Http404
    state = criteria_state(page.case, service)
    data = form_data(request)
    question = _asked(state, data or request.GET)
    form = question and CriterionForm(data, question=question, standing=_standing(state, question, data))
    if request.method == "POST" and form and done_once(request, lambda: _answered(page, state, form)):
        after = criteria_state(page.case, service)
        if after.walk.finished:
            messages.success(
                request, _("Kriteriene for «%(title)s» er besvart.") % {"title": state.service.title}
            )
            return HttpResponseRedirect(page.url("case_alternatives") + "#kriterier")
        return HttpResponseRedirect(page.url("case_criteria", service))
    context = {"state": state, "form": form, "question": question, "back": page.url("case_alternatives")}
    return show(page, "criteria.html", context)


def _asked(state: CriteriaState, source: Any) -> Question | None:
    """The question named, when it may be answered now; else the next."""
    named = source.get("question") or source.get("endre") or ""
    if named and state.walk.may_answer(named):
        return find_question(state.tree, named)
    return state.walk.next


def _standing(state: CriteriaState, question: Question, data: Any) -> dict[str, Any]:
    """An answer given before is shown when one comes to change it; a first answer is never given for one."""
    rows = state.answers.get(question.code, ())
    latest = rows[-1] if rows else None
    return {
        "answer": latest.answer if latest else None,
        "reason": latest.reason if latest else "",
        "question": question.code,
        "revision": len(rows),
    }


def _answered(page: CasePage, state: CriteriaState, form: CriterionForm) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        services.answer_criterion(
            page.number,
            service=state.service.code,
            question=said["question"],
            answer=said["answer"],
            reason=said.get("reason", ""),
            expected_revision=said["revision"],
            **page.who,
        )
    except Incomplete as error:
        put_on(form, error.missing)
    except Conflict as error:
        form.add_error(None, str(error))
        build_on(form, {"revision": getattr(error.current, "revision", 0)})
    except Refused as error:
        form.add_error(None, str(error))
    else:
        return True
    return False
