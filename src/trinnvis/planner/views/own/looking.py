"""A file on its way in: uploaded, its columns mapped, looked over, and taken in whole or not at all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.ownfigures import queries, services
from trinnvis.ownfigures.errors import Conflict, Faulty, HoldsPersons, NotFound
from trinnvis.ownfigures.queries import Draft
from trinnvis.ownfigures.rules.cells import plain_text
from trinnvis.ownfigures.rules.mapping import labels
from trinnvis.ownfigures.rules.reading import Read
from trinnvis.planner.forms.own import FileForm, MappingForm
from trinnvis.site.components import FormStep, form_steps
from trinnvis.trouble import Trouble

from .common import Here, about, kind_of, own_page, title_of
from .comparing import comparison, replaced

SHOWN_FAULTS = 100
SHOWN_LINES = 6
SHOWN_COLUMNS = 12


@own_page
def upload(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    which = kind_of(kind)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            held = services.upload(
                municipality=here.municipality, kind=which, name=file.name, content=file.read(), **here.who
            )
        except (Trouble, HoldsPersons) as trouble:
            form.add_error("file", f"{trouble} {getattr(trouble, 'remedy', '')}".strip())
        else:
            return redirect("planner:own_mapping", held.key)
    context = {
        "form": form, "title": title_of(which), "about": about(which), "kind": which, "steps": _steps(1)
    }  # fmt: skip
    return render(request, "planner/own/upload.html", context, status=422 if form.errors else 200)


@own_page
def mapping(request: HttpRequest, here: Here, key: UUID) -> HttpResponse:
    """What the columns and words stand for. What is not known yet keeps the planner here."""
    draft = queries.draft_of(key, here.actor)
    if request.method == "POST" and "forkast" in request.POST:
        services.discard(key, actor=here.actor)
        messages.success(request, _("Fila er forkastet. Ingenting er tatt inn."))
        return redirect("planner:own_figures")
    read = queries.read_draft(draft, here.now.year)
    form = _form(draft, read, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remap(key, mapping=form.mapping, actor=here.actor)
        again = queries.draft_of(key, here.actor)
        known = {(one.field, one.text) for one in read.asked}
        after = queries.read_draft(again, here.now.year)
        new = [one for one in after.asked if (one.field, one.text) not in known]
        if not new and "oppdater" not in request.POST:
            return redirect("planner:own_preview", key)
        return redirect("planner:own_mapping", key)
    texts = [[plain_text(cell) for cell in row[:SHOWN_COLUMNS]] for row in draft.table]
    first = max(draft.mapping.heading_row - 1, 0)
    context = {
        "draft": draft,
        "form": form,
        "title": title_of(draft.kind),
        "steps": _steps(2),
        "lines": list(enumerate(texts[first : first + SHOWN_LINES], start=first + 1)),
    }
    return render(request, "planner/own/mapping.html", context, status=422 if form.errors else 200)


def _form(draft: Draft, read: Read, data: object) -> MappingForm:
    texts = [[plain_text(cell) for cell in row] for row in draft.table[: draft.mapping.heading_row + 50]]
    names = labels(texts, draft.mapping.heading_row)
    return MappingForm(data, said=draft.mapping, columns=names, asked=read.asked)  # type: ignore[arg-type]


@own_page
def preview(request: HttpRequest, here: Here, key: UUID) -> HttpResponse:
    """Sums beside the public figures, and every rejected row. A second click on the button does no more."""
    try:
        draft = queries.draft_of(key, here.actor)
    except NotFound:
        if (done := queries.revision_of_draft(key, here.actor)) is None:
            raise
        messages.info(request, _("Tallene er alt tatt inn, som utgave %(number)s.") % {"number": done})
        return redirect("planner:own_figures")
    problem, status = "", 200
    if request.method == "POST":
        try:
            revision = services.adopt(key, expected_revision=_seen(request), **here.who)
        except Conflict as conflict:
            problem, status = str(conflict), 409
        except Faulty:
            problem, status = _("Noen rader er avvist, så ingenting er tatt inn."), 422
        else:
            messages.success(request, _("Tallene er tatt inn, som utgave %(number)s.") % {"number": revision})
            return redirect("planner:own_figures")
    read = queries.read_draft(draft, here.now.year)
    newest = queries.newest(here.municipality, draft.kind)
    faults = [(f.line, f.column, f.told(_), f.advice(_)) for f in read.faults[:SHOWN_FAULTS]]
    context = {
        "draft": draft,
        "read": read,
        "problem": problem,
        "title": title_of(draft.kind),
        "steps": _steps(3, key),
        "faults": faults,
        "faults_more": len(read.faults) - len(faults),
        "table": comparison(here.municipality, draft.kind, read.rows),
        "replaced": replaced(draft.kind, newest, read.rows),
        "seen": newest.revision if newest else 0,
    }
    return render(request, "planner/own/preview.html", context, status=status)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _steps(current: int, key: UUID | None = None) -> tuple[FormStep, ...]:
    titles = (_("Last opp"), _("Koble"), _("Se over og ta inn"))
    urls = ["", reverse("planner:own_mapping", args=[key]) if key else "", ""]
    return form_steps(titles, current, urls)
