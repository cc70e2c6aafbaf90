"""The forms of a persona: about the person, starting a new one, adding a pathway, and a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from trinnvis.personas.documents import Document
from trinnvis.planner.forms.rows import lines_of, plain, shown
from trinnvis.planning.pathways.schema import Kind
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Policy
from trinnvis.policy.status import Status
from trinnvis.site import forms

KINDS = {
    Kind.PROACTIVE: _("Proaktivt forløp"),
    Kind.NORMAL: _("Normalt forløp"),
    Kind.REACTIVE: _("Reaktivt forløp"),
}
SEXES = [("female", _("Kvinne")), ("male", _("Mann"))]
STATUSES = [(each.value, each.value) for each in reversed(Status)]  # one begins with the least certain
OPEN_STEPS = 4  # what one can begin with without being granted it stands on these


class AboutForm(forms.Form):
    """Everything about the person; the pathways have a page each."""

    title = django_forms.CharField(
        label=_("Overskrift"),
        max_length=200,
        help_text=_("For eksempel «Johs (70) har kognitive utfordringer»"),
    )
    name = django_forms.CharField(label=_("Navn"), max_length=80, help_text=_("Et oppdiktet navn"))
    about = django_forms.CharField(label=_("Om personen"), max_length=2000, widget=forms.TextArea(rows=3))
    sex = django_forms.ChoiceField(
        label=_("Kjønn"),
        choices=SEXES,
        widget=django_forms.RadioSelect,
        help_text=_("Brukes bare til å regne ut hvor lenge folk lever"),
    )
    from_age = forms.NorwegianDecimalField(label=_("Alder når historien begynner"), places=6)
    born = forms.NorwegianDateField(
        label=_("Født"), required=False, help_text=_("Trengs bare når en episode begynner på en dato")
    )
    source = django_forms.CharField(label=_("Hvor kommer historien fra?"), max_length=500)
    status = django_forms.ChoiceField(label=_("Hvor sikker er den?"), choices=STATUSES)
    assumptions = django_forms.CharField(
        label=_("Forutsetninger"),
        max_length=5000,
        widget=forms.TextArea(rows=5),
        help_text=_("Én på hver linje"),
    )
    question = django_forms.CharField(
        label=_("Spørsmålet innbyggeren stiller"), max_length=300, help_text=_("Vises i boligveiledningen")
    )
    do_now = django_forms.CharField(
        label=_("Hva en kan gjøre nå"),
        max_length=5000,
        widget=forms.TextArea(rows=5),
        help_text=_("Én på hver linje"),
    )
    services = django_forms.MultipleChoiceField(
        label=_("Tilbud å vise til"), required=False, widget=django_forms.CheckboxSelectMultiple
    )
    revision = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, policy: Policy, document: Mapping[str, Any], **kwargs: Any) -> None:
        self.document = document
        citizen = document["citizen"]
        values = {key: document.get(key, "") for key in ("title", "name", "about", "sex", "source", "status")}
        values |= {
            "from_age": shown(document["from_age"]),
            "born": shown(document.get("born")),
            "assumptions": "\n".join(document["assumptions"]),
            "question": citizen["question"],
            "do_now": "\n".join(citizen["do_now"]),
            "services": citizen.get("services", []),
        }
        super().__init__(*args, initial={**values, **kwargs.pop("initial", {})}, **kwargs)
        chosen = citizen.get("services", [])
        self.fields["services"].choices = [  # type: ignore[attr-defined]
            (service.code, service.title)
            for service in sorted(policy.services, key=lambda each: min(each.steps))
            if min(service.steps) <= OPEN_STEPS or service.code in chosen
        ]

    def content(self) -> Document:
        """What was typed, as the part of the document it is."""
        said = self.cleaned_data
        found: Document = {"code": self.document["code"]}
        found |= {key: said[key] for key in ("name", "title", "about", "sex", "source", "status")}
        found |= {"from_age": plain(said["from_age"]), "assumptions": lines_of(said["assumptions"])}
        if said["born"]:
            found["born"] = said["born"].isoformat()
        citizen: Document = {"question": said["question"], "do_now": lines_of(said["do_now"])}
        if said["services"]:
            citizen["services"] = said["services"]
        return {**found, "citizen": citizen}

    def blame(self, problems: Iterable[Problem]) -> None:
        for each in problems:
            field = str(each.path[1] if each.path[0] == "citizen" else each.path[0])
            self.add_error(field if field in self.fields else None, f"{each.reason} {each.fix}")


class NewForm(forms.Form):
    """A new persona: a copy of one there is, or an empty one."""

    copy_of = django_forms.ChoiceField(label=_("Begynn med"), required=False)
    title = django_forms.CharField(label=_("Overskrift"), max_length=200)
    name = django_forms.CharField(label=_("Navn"), max_length=80, help_text=_("Et oppdiktet navn"))
    from_age = forms.NorwegianDecimalField(
        label=_("Alder når historien begynner"),
        required=False,
        places=2,
        min_value=0,
        max_value=104,
        help_text=_("Tomt: som hos den du kopierer"),
    )
    sex = django_forms.ChoiceField(
        label=_("Kjønn"), required=False, choices=[("", _("Som hos den du kopierer")), *SEXES]
    )
    submission = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4().hex, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["copy_of"].choices = [("", _("En tom persona")), *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("copy_of"):
            if data.get("from_age") is None and "from_age" not in self.errors:
                self.add_error("from_age", _("Skriv hvor gammel personen er når historien begynner."))
            if not data.get("sex"):
                self.add_error("sex", _("Velg kjønn. Det brukes bare til å regne ut hvor lenge folk lever."))
        return data

    def blame(self, problems: Iterable[Problem]) -> None:
        for each in problems:
            field = str(each.path[0])
            self.add_error(field if field in self.fields else None, f"{each.reason} {each.fix}")


class NewPathwayForm(forms.Form):
    kind = django_forms.ChoiceField(label=_("Slags forløp"), widget=django_forms.RadioSelect)
    copy_of = django_forms.ChoiceField(label=_("Begynn med"), required=False)
    revision = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {each["kind"]: each["title"] for each in document["pathways"]}
        self.fields["kind"].choices = [(k.value, title) for k, title in KINDS.items() if k.value not in there]  # type: ignore[attr-defined]
        self.fields["copy_of"].choices = [("", _("Et tomt forløp")), *there.items()]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    file = django_forms.FileField(label=_("Personafil (YAML)"))
    submission = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4().hex, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
