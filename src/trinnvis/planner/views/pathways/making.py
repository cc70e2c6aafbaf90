"""New personas: empty, copied, or from a file; and a persona as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.keeping import NotFound
from trinnvis.personas import services
from trinnvis.personas.documents import ABOUT, Document, as_document, as_yaml, part_of, with_part
from trinnvis.personas.errors import Unfit
from trinnvis.personas.queries import held, key_of, shelf
from trinnvis.planner.forms.persona import KINDS, FileForm, NewForm
from trinnvis.planner.forms.rows import plain
from trinnvis.planner.views.pathways.asking import now_of, pathway_page, policy_of
from trinnvis.planner.views.pathways.editing import empty_pathway
from trinnvis.planning.pathways.reading import looked_at
from trinnvis.planning.pathways.schema import Kind
from trinnvis.policy.faults import Fault
from trinnvis.site.pages import actor_of_request, bind


@pathway_page(PLANNING_ROLES)
def new(request: HttpRequest) -> HttpResponse:
    policy = policy_of(request)
    others = [
        (one.key, one.title) for one in shelf(actor_of_request(request), policy) if one.persona is not None
    ]
    form = bind(NewForm, request, others=others, initial={"copy_of": request.GET.get("av", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        source = (
            held(actor_of_request(request), said["copy_of"], policy).document if said["copy_of"] else None
        )
        try:
            made = services.create_persona(
                document=_copied(source, said) if source else _empty(said),
                policy=policy,
                submission_key=said["submission"],
                actor=actor_of_request(request),
                now=now_of(request),
            )
        except Unfit as fault:
            form.blame(fault.problems)
        else:
            messages.success(request, _("Personaen er laget. Nå kan du skrive historien."))
            return redirect("planner:persona", key_of(made.persona_id))
    status = 422 if form.errors else 200
    return render(request, "planner/pathways/new.html", {"form": form}, status=status)


@pathway_page(PLANNING_ROLES)
def upload(request: HttpRequest) -> HttpResponse:
    """A persona from a YAML file: all of it, or nothing and every fault with its line."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        file, policy = form.cleaned_data["file"], policy_of(request)
        found, faults = looked_at(file.name, file.read(), policy)
        if found is not None:
            try:
                made = services.create_persona(
                    document=as_document(found),
                    policy=policy,
                    submission_key=form.cleaned_data["submission"],
                    actor=actor_of_request(request),
                    now=now_of(request),
                )
            except Unfit as fault:
                for each in fault.problems:
                    form.add_error("file", f"{each.reason} {each.fix}")
            else:
                messages.success(request, _("Personaen i %(file)s er tatt inn.") % {"file": file.name})
                return redirect("planner:persona", key_of(made.persona_id))
    status = 422 if form.errors or faults else 200
    return render(request, "planner/pathways/upload.html", {"form": form, "faults": faults}, status=status)


@pathway_page()
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The persona as the file the import reads."""
    one = held(actor_of_request(request), key, policy_of(request))
    if one.persona is None:
        raise NotFound(key)
    headers = {"Content-Disposition": f'attachment; filename="{one.persona.code}.yaml"'}
    return HttpResponse(as_yaml(one.persona), content_type="application/yaml; charset=utf-8", headers=headers)


def _copied(source: Document, said: dict[str, Any]) -> Document:
    about = part_of(source, ABOUT) or {}
    about |= {"code": _code(said["title"]), "title": said["title"], "name": said["name"]}
    about["source"] = _("Kopi av «%(title)s»: %(source)s") % {
        "title": source["title"],
        "source": source["source"],
    }
    if said["from_age"] is not None:
        about["from_age"] = plain(said["from_age"])
    if said["sex"]:
        about["sex"] = said["sex"]
    return with_part(source, ABOUT, about)


def _empty(said: dict[str, Any]) -> Document:
    age = plain(said["from_age"])
    return {
        "code": _code(said["title"]),
        "name": said["name"],
        "title": said["title"],
        "about": _("Skriv hvem personen er."),
        "sex": said["sex"],
        "from_age": age,
        "source": _("Ikke oppgitt"),
        "status": "eksempel",
        "assumptions": [_("Mengdene er eksempler.")],
        "citizen": {"question": _("Hva kan jeg gjøre nå?"), "do_now": [_("Ta kontakt med kommunen.")]},
        "pathways": [empty_pathway("normal", str(KINDS[Kind.NORMAL]), age)],
    }


def _code(title: str) -> str:
    return slugify(title)[:40].strip("-_") or "persona"
