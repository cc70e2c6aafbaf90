"""Prices (priser): each row sound, and in the unit its service is granted in."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Price, Service
from trinnvis.policy.price_rules import unsound


def rows_are_sound(draft: Draft) -> Iterator[Problem]:
    for path, price in draft.rows(Price):
        for fault in unsound(price):
            yield Problem((*path, *fault.path), fault.what % fault.values, fault.remedy % fault.values)


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
