"""Trying other assumptions on a persona: months on a place, the prices that matter most, and discounting."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.pricing import Choices
from trinnvis.planning.pathways.schema import Kind
from trinnvis.policy.model import AmountUnit, Price
from trinnvis.site import forms

MONTHS, PRICE, RATE = "md.", "pris.", "rente"
MOST_PRICES: Final = 3
HIGHEST_RATE: Final = 20


class TryForm(forms.Form):
    """A form by GET. `found`: the persona as written, which says what there is to try and its range."""

    def __init__(self, data: Mapping[str, Any] | None, *, found: Comparison) -> None:
        super().__init__(data)
        self.choices = Choices()
        self.rows: dict[str, Price] = {}
        for pathway in found.persona.pathways:
            if pathway.stay is None:
                continue
            room = int((Fraction(pathway.to_age) - Fraction(found.persona.from_age)) * 12)
            self._add(
                f"{MONTHS}{pathway.kind.value}",
                _("Måneder på heldøgns plass, %(title)s") % {"title": pathway.title.lower()},
                pathway.stay.value,
                (Decimal(0), Decimal(min(room, max(int(pathway.stay.high) * 2, 24)))),
                (pathway.stay.low, pathway.stay.high),
                pathway.stay.source,
                most=Decimal(room),
                step="1",
            )
        for row in _dearest(found):
            name = f"{PRICE}{row.service}.{row.unit.value}"
            title = found.prices.policy.service(row.service).title
            self.rows[name] = row
            low, high = row.low or row.nok, row.high or row.nok
            self._add(
                name,
                _("Pris: %(title)s") % {"title": title},
                row.nok,
                (min(low, row.nok / 2), max(high, row.nok * 2)),
                (low, high),
                f"{row.source} ({row.status.value})",
                most=row.nok * 10,
                step="1",
            )
        self._add(
            RATE,
            _("Diskontering, prosent i året"),
            Decimal(0),
            (Decimal(0), Decimal(8)),
            (Decimal(0), Decimal(4)),
            _("Av som standard: en krone teller likt i alle år"),
            most=Decimal(HIGHEST_RATE),
            step="0.5",
        )
        if self.is_bound:
            typed = {name: str(data[name]) for name in self.fields if data is not None and name in data}
            self.data = {name: typed.get(name, field.initial) for name, field in self.fields.items()}

    def _add(
        self,
        name: str,
        label: str,
        value: Decimal,
        slider: tuple[Decimal, Decimal],
        likely: tuple[Decimal, Decimal],
        source: str,
        *,
        most: Decimal,
        step: str,
    ) -> None:
        field = forms.NorwegianDecimalField(required=False, places=2, min_value=0, max_value=most)
        field.label, field.initial = label, _text(value)
        field.help_text = _("Som skrevet %(value)s. Trolig %(low)s til %(high)s. Kilde: %(source)s") % {
            "value": _text(value), "low": _text(likely[0]), "high": _text(likely[1]), "source": source,
        }  # fmt: skip
        field.widget.attrs |= {
            "data-default": _text(value),
            "data-slider-min": f"{slider[0]:f}",
            "data-slider-max": f"{slider[1]:f}",
            "data-slider-step": step,
        }
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        months: dict[Kind, Fraction] = {}
        prices: dict[tuple[str, AmountUnit], Decimal] = {}
        for name, value in data.items():
            if value is None or _text(value) == self.fields[name].initial:
                continue
            if name.startswith(MONTHS):
                months[Kind(name.removeprefix(MONTHS))] = Fraction(value)
            elif name.startswith(PRICE):
                prices[self.rows[name].service, self.rows[name].unit] = value
        self.choices = Choices(months, prices, Fraction(data.get(RATE) or 0) / 100)
        return data

    @property
    def query(self) -> str:
        """The address of what is tried; what is as written is left out."""
        chosen = {f"{MONTHS}{kind.value}": f"{float(value):g}" for kind, value in self.choices.months.items()}
        chosen |= {
            f"{PRICE}{code}.{unit.value}": f"{nok:f}" for (code, unit), nok in self.choices.prices.items()
        }
        if self.choices.discount:
            chosen[RATE] = f"{float(self.choices.discount * 100):g}"
        return urlencode(chosen)


def _dearest(found: Comparison) -> list[Price]:
    """The prices that move the answer most."""
    codes = [swing.code.removeprefix("price.") for swing in found.price_swings]
    rows = {row.service: row for priced in found.priced for row in priced.prices}
    return [rows[code] for code in dict.fromkeys(codes)][:MOST_PRICES]


def _text(value: Decimal) -> str:
    return formats.number(value)
