"""Editing an own persona: about the person, and each pathway with its episodes on a page of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.keeping import Conflict, NotFound
from trinnvis.personas import services
from trinnvis.personas.documents import ABOUT, ORDER, Document, part_of, with_part
from trinnvis.personas.errors import Unfit
from trinnvis.personas.queries import Held, held
from trinnvis.planner.forms.pathway_editor import PathwayEditor, PathwayText
from trinnvis.planner.forms.persona import KINDS, AboutForm, NewPathwayForm
from trinnvis.planner.forms.rows import plain
from trinnvis.planner.views.pathways.asking import now_of, pathway_page, policy_of
from trinnvis.planner.views.pathways.difference import differences
from trinnvis.planning.pathways.schema import OLDEST, Kind
from trinnvis.site.pages import actor_of_request, bind, form_data

LENGTH = 10  # years of an empty pathway


@pathway_page(PLANNING_ROLES)
def about(request: HttpRequest, key: str) -> HttpResponse:
    one = _own(request, key)
    form = bind(
        AboutForm,
        request,
        policy=policy_of(request),
        document=one.document,
        initial={"revision": one.revision},
    )
    theirs: Held | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, one, ABOUT, form.content(), form.cleaned_data["revision"] or one.revision)
        except Unfit as fault:
            form.blame(fault.problems)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            theirs = _build_on(form, one)
        else:
            messages.success(request, _("Endringene er lagret i en ny utgave."))
            return redirect("planner:persona", key)
    mine = form.content() if theirs else None
    context = {
        "form": form,
        "held": one,
        "theirs": theirs,
        "against": differences(mine, part_of(one.document, ABOUT)) if mine else [],
    }
    return render(request, "planner/pathways/about.html", context, status=422 if form.errors else 200)


@pathway_page(PLANNING_ROLES)
def pathway(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """A button named `do` changes the rows and saves nothing; the other one saves."""
    one, policy = _own(request, key), policy_of(request)
    stored = part_of(one.document, kind)
    data = form_data(request)
    if kind not in ORDER or (stored is None and data is None):
        raise NotFound(kind)
    text = PathwayText.typed(data) if data is not None else PathwayText.of(stored or {})
    revision = _number(data.get("revision", "")) if data is not None else None
    context: dict[str, Any] = {"held": one, "kind": kind, "revision": revision or one.revision}
    if request.method != "POST" or "do" in request.POST:
        text.act(request.POST.get("do", ""))
        return _editor_page(request, PathwayEditor(text, policy), context)
    editor = PathwayEditor(text, policy, bound=True)
    if editor.is_valid():
        content = editor.content()
        try:
            _save(request, one, kind, content, revision or one.revision)
        except Unfit as fault:
            editor.blame(fault.problems, content["kind"], with_part(one.document, kind, content))
        except Conflict as conflict:
            editor.pathway.add_error(None, str(conflict))
            context |= {
                "revision": one.newest,
                "theirs": one,
                "against": differences(content, stored),
            }
        else:
            messages.success(request, _("Forløpet er lagret i en ny utgave."))
            return redirect("planner:persona", key)
    return _editor_page(request, editor, context, status=422)


@pathway_page(PLANNING_ROLES)
def new_pathway(request: HttpRequest, key: str) -> HttpResponse:
    one = _own(request, key)
    form = bind(NewPathwayForm, request, document=one.document, initial={"revision": one.revision})
    if not form.fields["kind"].choices:
        messages.warning(request, _("Personaen har alle tre forløpene."))
        return redirect("planner:persona", key)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        content = _started(one.document, kind, part_of(one.document, form.cleaned_data["copy_of"]))
        try:
            _save(request, one, kind, content, form.cleaned_data["revision"] or one.revision)
        except Unfit as fault:
            form.add_error(None, "; ".join(f"{each.reason} {each.fix}" for each in fault.problems))
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("planner:pathway", key, kind)
    context = {"form": form, "held": one}
    return render(request, "planner/pathways/new_pathway.html", context, status=422 if form.errors else 200)


@pathway_page(PLANNING_ROLES)
def remove_pathway(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """After a question. The versions keep it."""
    one = _own(request, key)
    stored = part_of(one.document, kind)
    if stored is None:
        raise NotFound(kind)
    if request.method == "POST":
        try:
            _save(request, one, kind, None, one.revision)
        except Unfit:
            messages.error(request, _("En persona må ha minst ett forløp."))
            return redirect("planner:pathway", key, kind)
        messages.success(request, _("Forløpet er tatt ut. Det står i de tidligere utgavene."))
        return redirect("planner:persona", key)
    context = {
        "base_template": "planner/base.html",
        "title": _("Ta ut «%(title)s»?") % {"title": stored["title"]},
        "text": _("Forløpet blir borte fra personaen, men står i de tidligere utgavene."),
        "submit": _("Ta ut"),
        "cancel_url": reverse("planner:pathway", args=[key, kind]),
    }
    return render(request, "confirm.html", context)


def _own(request: HttpRequest, key: str) -> Held:
    one = held(actor_of_request(request), key, policy_of(request))
    if not one.is_own:
        raise NotFound(key)
    return one


def _save(request: HttpRequest, one: Held, part: str, content: Document | None, expected: int) -> None:
    services.save_part(
        one.pk or 0,
        part=part,
        content=content,
        expected_revision=expected,
        policy=policy_of(request),
        actor=actor_of_request(request),
        now=now_of(request),
    )


def _build_on(form: AboutForm, one: Held) -> Held:
    """What was typed stays, and the next save knowingly takes the place of theirs."""
    data: Any = form.data
    changed = data.copy()
    changed["revision"] = str(one.newest)
    form.data = changed
    return one


def _started(document: Document, kind: str, other: Document | None) -> Document:
    """A pathway to begin writing: a copy of another, or one episode."""
    title = str(KINDS[Kind(kind)])
    if other is not None:
        return {**other, "kind": kind, "title": title}
    return empty_pathway(kind, title, str(document["from_age"]))


def empty_pathway(kind: str, title: str, from_age: str) -> Document:
    """One episode without services, in words that say what to write."""
    end = min(Decimal(from_age) + LENGTH, Decimal(OLDEST))
    return {
        "kind": kind,
        "title": title,
        "story": _("Skriv kort hva som skjer."),
        "to_age": plain(end),
        "source": _("Ikke oppgitt"),
        "status": "eksempel",
        "episodes": [
            {
                "title": _("Begynnelsen"),
                "happened": _("Skriv hva som skjedde."),
                "from_age": from_age,
                "housing_step": 1,
            }
        ],
    }


def _editor_page(
    request: HttpRequest, editor: PathwayEditor, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {**context, "editor": editor, "forms": editor.forms}
    return render(request, "planner/pathways/pathway.html", context, status=status)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
