"""The decision (vedtak): drafted, read as the letter it will be, approved by another, and sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trinnvis.casework import services
from trinnvis.casework.errors import Conflict, Incomplete, Missing, Refused
from trinnvis.casework.models import Decision, Goal
from trinnvis.casework.queries.alternatives import AlternativeView, alternatives_in_words
from trinnvis.casework.queries.assessment import TopicView, goals_of, topics_of
from trinnvis.casework.queries.criteria import CriteriaState, criteria_services, criteria_states
from trinnvis.casework.queries.decision_view import view_of
from trinnvis.casework.queries.decisions import content_of, decided_services, decisions_of, missing_in
from trinnvis.casework.queries.parties import parties_of
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.rules.paper import TEXTS
from trinnvis.casework.rules.party import of_one_party
from trinnvis.casework.wording import RETURN_REASONS
from trinnvis.desk.forms.decision import ApproveForm, DecisionForm, ReturnForm
from trinnvis.desk.forms.faults import build_on, put_on
from trinnvis.desk.forms.lines import SAME_FIELD, with_another_row
from trinnvis.desk.places import place_of_need
from trinnvis.letters.queries import letter_of, letters_of
from trinnvis.site.once import done_once
from trinnvis.site.pages import form_data, staff_page

from .page import CasePage, open_page, show

LETTER = gettext_noop("Utkastet til brev om vedtaket")


@staff_page
def decision(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_decision")
    current, basis = _newest(page), Basis(page)
    form = _form(basis, current, form_data(request)) if _is_writing(page, current) else None
    if form and request.method == "POST":
        if request.POST.get("then") == "line":
            return _with_row(basis, current, request)
        if done_once(request, lambda: _written(page, form)):
            return HttpResponseRedirect(page.url("case_decision") + "#godkjenning")
    return show(page, "decision.html", _context(basis, current, form))


@staff_page
def approval(request: HttpRequest, number: str) -> HttpResponse:
    """The second person's answer: approved, or returned with what must be better."""
    page = open_page(request, number, "case_decision")
    back = HttpResponseRedirect(page.url("case_decision"))
    data = form_data(request)
    if data is None:
        return back
    returns = data.get("verdict") == "return"
    form = _return_form(data) if returns else ApproveForm(data)
    if request.method == "POST" and done_once(request, lambda: _judged(page, form, returns=returns)):
        return back
    context = _context(Basis(page), _newest(page), None)
    return show(page, "decision.html", {**context, "return_form" if returns else "approve_form": form})


@staff_page
def preview(request: HttpRequest, number: str, decision_number: str) -> HttpResponse:
    """The letter as the citizen will read it, or read it when it was sent."""
    page = open_page(request, number, "case_decision", what=LETTER)
    rows = decisions_of(page.case, page.actor, page.now).select_related("decided_by", "drafted_by", "party")
    found = rows.filter(number=decision_number).first()
    if found is None:
        raise Http404
    context = {
        "letter": letter_of(found, page.now),
        "decision": found,
        "back": page.url("case_decision"),
    }
    return show(page, "preview.html", context)


def _return_form(data: Any, **more: Any) -> ReturnForm:
    return ReturnForm(data, auto_id="id_retur_%s", **more)


def _newest(page: CasePage) -> Decision | None:
    rows = decisions_of(page.case, page.actor, page.now).select_related("drafted_by", "decided_by", "party")
    return rows.last()


def _is_writing(page: CasePage, current: Decision | None) -> bool:
    """Whether the form is shown. What was posted is always shown again, so that nothing typed is lost."""
    if page.request.method == "POST":
        return True
    begun = current is None or current.state != Decision.State.SENT
    return page.possible.may("draft_decision") and (begun or "nytt" in page.request.GET)


def _in_hand(current: Decision | None) -> Decision | None:
    return None if current is None or current.state == Decision.State.SENT else current


def _form(basis: Basis, current: Decision | None, data: Any) -> DecisionForm:
    held, page = _in_hand(current), basis.page
    draft = content_of(held) if held else _begun(basis)
    return DecisionForm(
        data,
        draft=draft,
        revision=held.revision if held else 0,
        policy=page.policy,
        parties=parties_of(page.case),
    )


@dataclass(frozen=True)
class Basis:
    """What the case already holds and the decision builds on; each part is read when first asked for."""

    page: CasePage

    @cached_property
    def wishes(self) -> tuple[TopicView, ...]:
        return tuple(topic for topic in topics_of(self.page.case) if topic.topic.kind == "wish")

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        return goals_of(self.page.case)

    @cached_property
    def criteria(self) -> tuple[CriteriaState, ...]:
        return criteria_states(self.page.case, criteria_services(self.page.case))

    @cached_property
    def chosen(self) -> AlternativeView | None:
        return next((view for view in alternatives_in_words(self.page.case) if view.is_chosen), None)


def _begun(basis: Basis) -> Draft:
    """A new decision begins with the citizen's own words and the lines chosen that are to one party."""
    lines: tuple[Line, ...] = ()
    if chosen := basis.chosen:
        wanted = (each.line for each in chosen.lines)
        lines = of_one_party(wanted, basis.page.policy, decided_services(chosen.id))
    wishes = [topic.citizen.latest.text for topic in basis.wishes if topic.citizen.latest]
    starts = [line.starts_on for line in lines if line.starts_on]
    return Draft(kind="", citizen_wish="\n".join(wishes), starts_on=min(starts, default=None), lines=lines)


def _with_row(basis: Basis, current: Decision | None, request: HttpRequest) -> HttpResponse:
    """One more empty line; nothing is saved, and nothing is told to be wrong yet."""
    form = _form(basis, current, with_another_row(request.POST))
    form.is_valid()
    for each in (form, *form.lines):
        each.errors.clear()
    return show(basis.page, "decision.html", _context(basis, current, form))


def _written(page: CasePage, form: DecisionForm) -> bool:
    """Saved, and handed on for approval where the button says so."""
    saved = _saved(page, form) if form.is_valid() else None
    if saved and page.request.POST.get("then") == "submit":
        _submit(page, saved)
    return saved is not None


def _saved(page: CasePage, form: DecisionForm) -> Decision | None:
    try:
        saved = services.draft_decision(
            page.number, draft=form.draft(), expected_revision=form.cleaned_data["revision"], **page.who
        )
    except Incomplete as error:
        put_on(form, form.lines.put_on(error.missing))
    except Conflict as error:
        form.add_error(None, str(error))
        _meet(page, form, error.current)
    except Refused as error:
        form.add_error(None, str(error))
    else:
        messages.success(page.request, _("Utkastet er lagret."))
        return saved
    return None


def _meet(page: CasePage, form: DecisionForm, theirs: object) -> None:
    """What was typed stays in the fields, theirs is shown beside, and the next save builds on theirs."""
    held = _in_hand(_newest(page))
    build_on(form, {"revision": held.revision if held else 0})
    mine = form.draft()
    if isinstance(theirs, Draft):
        form.theirs = {  # type: ignore[attr-defined]
            name: getattr(theirs, name) for name in TEXTS if getattr(theirs, name) != getattr(mine, name)
        }
        form.their_lines = theirs.lines if theirs.lines != mine.lines else ()  # type: ignore[attr-defined]


def _submit(page: CasePage, saved: Decision) -> None:
    try:
        services.submit_decision(page.number, expected_revision=saved.revision, **page.who)
    except Incomplete as error:
        messages.warning(
            page.request,
            _("Vedtaket er lagret, men kan ikke sendes til godkjenning ennå. Det mangler %(count)s ting.")
            % {"count": len(error.missing)},
        )
    except (Refused, Conflict) as error:
        messages.warning(page.request, str(error))
    else:
        messages.success(page.request, _("Vedtaket er sendt til godkjenning."))


def _judged(page: CasePage, form: Any, *, returns: bool) -> bool:
    if not form.is_valid():
        return False
    said = dict(form.cleaned_data)
    told = {"expected_revision": said.pop("revision"), **said, **page.who}
    try:
        if returns:
            services.return_decision(page.number, **told)
        else:
            services.approve_decision(page.number, **told)
    except Incomplete as error:
        put_on(form, error.missing)
    except (Refused, Conflict) as error:
        form.add_error(None, str(error))
    else:
        done = _("Vedtaket er sendt i retur.") if returns else _("Vedtaket er godkjent og kan sendes.")
        messages.success(page.request, done)
        return True
    return False


def _context(basis: Basis, current: Decision | None, form: DecisionForm | None) -> dict[str, Any]:
    held, page = _in_hand(current), basis.page
    missing = missing_in(held, now=page.now) if held and held.state == Decision.State.DRAFT else ()
    standing = {"revision": held.revision} if held else {}
    return {
        "decision": current,
        "withheld": current is None and page.possible.state.decision is not None,
        "held": held,
        "view": view_of(current, page.now) if current and not form else None,
        "form": form,
        "forms": [form, *form.lines] if form else [],
        "missing": [(item.message, _target(item)) for item in missing],
        "blocking": [
            (page.policy.need_kind(need.kind).title, place_of_need(need.kind, page.number, page.possible))
            for need in page.open_needs
            if need.kind in _BLOCKING
        ],
        "approvals": [
            (row, RETURN_REASONS.get(row.return_reason, ""))
            for row in (current.approvals.select_related("by") if current else ())
        ],
        "earlier": decisions_of(page.case, page.actor, page.now).exclude(pk=current.pk) if current else (),
        "letters": letters_of(page.case) if current and current.sent_at else (),
        "approve_form": ApproveForm(initial=standing),
        "return_form": _return_form(None, initial=standing),
        "basis": basis if held or form else None,
        "may_begin": bool(current and current.sent_at and not form and page.possible.may("draft_decision")),
    }


_BLOCKING = ("hear_citizen", "assess", "consent_capacity", "answer_criteria", "compare_alternatives")


def _target(item: Missing) -> str:
    """The id of the control where it is put right."""
    if item.field == "kind":
        return "id_kind_0"
    prefix, _dash, place = item.field.partition("-")
    number, _dash, name = place.partition("-")
    return f"id_{prefix}-{number}-{SAME_FIELD.get(name, name)}" if number else f"id_{item.field}"
