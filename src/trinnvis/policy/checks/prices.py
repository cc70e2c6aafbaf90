"""Prices (priser): in the unit the service is granted in, per the right thing."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem, listed
from trinnvis.policy.model import AmountUnit, Price, Service

PER = {
    AmountUnit.HOURS_PER_WEEK: "hour",
    AmountUnit.VISITS_PER_WEEK: "visit",
    AmountUnit.DAYS_PER_WEEK: "day",
    AmountUnit.PORTIONS_PER_WEEK: "portion",
    AmountUnit.DAYS: "day",
    AmountUnit.PLACES: "day",
    AmountUnit.PIECES: "month",
    AmountUnit.MONTHS: "month",
    AmountUnit.TIMES: "time",
}


def per_fits_unit(draft: Draft) -> Iterator[Problem]:
    for path, price in draft.rows(Price):
        if price.per != PER[price.unit]:
            yield Problem(
                (*path, "per"),
                f"En pris i «{price.unit}» kan ikke gjelde per «{price.per}».",
                f"Skriv «per: {PER[price.unit]}», eller rett «unit».",
            )


def units_fit_services(draft: Draft) -> Iterator[Problem]:
    units = {service.code: service.unit for _, service in draft.rows(Service)}
    for path, price in draft.rows(Price):
        unit = units.get(price.service, price.unit)
        if price.unit != unit:
            yield Problem(
                (*path, "unit"),
                f"Prisen er i «{price.unit}», men «{price.service}» tildeles i «{unit}».",
                f"Regn prisen om til «{unit}», eller rett «unit» på tjenesten.",
            )


def hours_are_not_negative(draft: Draft) -> Iterator[Problem]:
    for path, price in draft.rows(Price):
        for profession, hours in price.hours.items():
            if hours < 0:
                at = (*path, "hours", profession)
                yield Problem(at, f"Timetallet {hours} er mindre enn null.", "Skriv null eller mer.")


def bounds_hold_the_price(draft: Draft) -> Iterator[Problem]:
    for path, price in draft.rows(Price):
        low, high = price.low, price.high
        if (low is not None and low > price.nok) or (high is not None and high < price.nok):
            bounds = [str(bound) for bound in (low, high) if bound is not None]
            yield Problem(
                (*path, "low" if low is not None and low > price.nok else "high"),
                f"Prisen {price.nok} ligger utenfor sitt eget anslag ({listed(bounds)}).",
                "La «low» være høyst prisen og «high» minst prisen.",
            )
