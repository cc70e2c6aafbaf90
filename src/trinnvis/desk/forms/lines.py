"""Service lines as rows of a form: one choice says service and step, and the unit follows the service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis import formats
from trinnvis.casework.errors import Missing
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.model import Policy
from trinnvis.site.forms import Form, NorwegianDateField, NorwegianDecimalField, TextArea

PREFIX = "lines"
MOST = 30
SAME_FIELD = {"step": "service", "unit": "service"}
Choices = list[tuple[str, Any]]


def unit_words(unit: str) -> str:
    """The unit of an amount in the plural: "timer i uken"."""
    return formats.amount(2, unit).partition(formats.SPACE)[2]


def service_choices(policy: Policy) -> Choices:
    """Every service under each step it is given on, `step/code` as the value."""
    groups: Choices = [("", _("Velg tjeneste"))]
    for step in policy.effort_ladder.steps:
        services = [
            (f"{step.number}/{service.code}", f"{service.title} ({unit_words(service.unit)})")
            for service in policy.services_on(step.number)
        ]
        if services:
            groups.append((f"{step.number}. {step.title}", services))
    return groups


class LineForm(Form):
    """One line of an alternative; a row left empty is no line."""

    service = forms.ChoiceField(label=gettext_lazy("Tjeneste"), required=False)
    amount = NorwegianDecimalField(label=gettext_lazy("Hvor mye"), required=False)
    starts_on = NorwegianDateField(label=gettext_lazy("Fra"), required=False, help_text="")
    ends_on = NorwegianDateField(label=gettext_lazy("Til"), required=False, help_text="")

    def __init__(self, *args: Any, policy: Policy, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def line(self) -> Line:
        """What is typed, perhaps half of it."""
        said = self.cleaned_data
        step, _slash, code = said.get("service", "").partition("/")
        service = next((each for each in self.policy.services if each.code == code), None)
        return Line(
            service=code,
            step=int(step) if step else None,
            amount=said.get("amount"),
            unit=service.unit.value if service else "",
            starts_on=said.get("starts_on"),
            ends_on=said.get("ends_on"),
        )


class DecisionLineForm(LineForm):
    """One line of a decision: granted or refused, with a reason of its own."""

    granted = forms.ChoiceField(
        label=gettext_lazy("Svar"),
        choices=[("ja", gettext_lazy("Innvilges")), ("nei", gettext_lazy("Avslås"))],
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse for akkurat denne tjenesten"),
        required=False,
        widget=TextArea(2),
        strip=False,
    )
    remove = forms.BooleanField(label=gettext_lazy("Ta bort linjen"), required=False)

    def line(self) -> Line:
        if self.cleaned_data.get("remove"):
            return Line()
        line = super().line()
        granted = self.cleaned_data.get("granted") != "nei"
        return Line(**{**vars(line), "granted": granted, "reason": self.cleaned_data.get("reason", "")})


class Lines:
    """The rows of one form. After `is_valid`, `lines` are those that hold something, in order."""

    def __init__(
        self, form: type[LineForm], data: QueryDict | None, *, policy: Policy, lines: Iterable[Line] = ()
    ) -> None:
        standing = [_initial(line) for line in lines]
        choices = service_choices(policy)
        rows = formset_factory(form, extra=0 if standing else 2, max_num=MOST, absolute_max=MOST)
        self.set: BaseFormSet[Any] = rows(
            data,
            prefix=PREFIX,
            initial=standing or None,
            form_kwargs={"policy": policy, "choices": choices},
        )

    def __iter__(self) -> Any:
        return iter(self.set)

    def is_valid(self) -> bool:
        return bool(self.set.is_valid())

    @property
    def filled(self) -> list[tuple[int, Line]]:
        """Row number and line of each row that holds something."""
        rows = ((i, row.line()) for i, row in enumerate(self.set) if row.is_valid())
        return [(i, line) for i, line in rows if line != Line(granted=line.granted)]

    def put_on(self, missing: Iterable[Missing]) -> list[Missing]:
        """Put each fault on `lines-<n>-<field>` on its row, counted among the filled; returns the rest."""
        rows = [i for i, _line in self.filled]
        rest = []
        for item in missing:
            prefix, _dash, place = item.field.partition("-")
            number, _dash, name = place.partition("-")
            if prefix != PREFIX or not number.isdigit() or int(number) >= len(rows):
                rest.append(item)
                continue
            row = self.set[rows[int(number)]]
            row.add_error(SAME_FIELD.get(name, name), item.message)
        return rest


def with_another_row(data: QueryDict) -> QueryDict:
    """What was typed, with one more empty row: «Legg til linje» without JavaScript."""
    changed = data.copy()
    total = f"{PREFIX}-TOTAL_FORMS"
    rows = changed.get(total, "")
    changed[total] = str(min(int(rows) if rows.isdigit() else 1, MOST - 1) + 1)
    return changed


def _initial(line: Line) -> dict[str, Any]:
    return {
        "service": f"{line.step}/{line.service}" if line.service and line.step is not None else "",
        "amount": line.amount,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "granted": "ja" if line.granted else "nei",
        "reason": line.reason,
    }
