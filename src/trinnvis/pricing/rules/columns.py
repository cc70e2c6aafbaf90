"""The columns of a price list: the same names in a form, in a file and in the report of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trinnvis.policy.model import AmountUnit

from .faults import gettext_noop as _


@dataclass(frozen=True)
class Column:
    """`name`: the price row's own field. `heading`: in files. `read`: False for what is only shown."""

    name: str
    heading: str
    title: str
    required: bool = False
    read: bool = True
    width: int = 12


COLUMNS: Final = (
    Column("service", "tjeneste", _("Tjeneste"), required=True, width=28),
    Column("title", "navn", _("Navn"), read=False, width=34),
    Column("unit", "enhet", _("Enhet"), width=18),
    Column("per", "per", _("Per"), read=False),
    Column("nok", "kroner", _("Kroner per enhet"), required=True),
    Column("hours", "timer", _("Arbeidstimer per enhet, etter yrke"), width=40),
    Column("travel", "herav reise", _("Herav reise"), width=24),
    Column("indirect", "herav indirekte", _("Herav annen indirekte tid"), width=24),
    Column("fixed_nok", "herav fast", _("Herav fast kostnad (kr)")),
    Column("fee_nok", "egenbetaling", _("Egenbetaling per enhet (kr)")),
    Column("fee_note", "om egenbetaling", _("Om egenbetalingen"), width=40),
    Column("places", "plasser", _("Plasser én enhet opptar")),
    Column("price_year", "prisår", _("Prisår"), required=True),
    Column("low", "lav", _("Laveste anslag (kr)")),
    Column("high", "høy", _("Høyeste anslag (kr)")),
    Column("source", "kilde", _("Kilde"), required=True, width=60),
    Column("status", "status", _("Status"), required=True, width=18),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
READ: Final = tuple(column.name for column in COLUMNS if column.read)

UNIT_WORDS: Final = {
    AmountUnit.HOURS_PER_WEEK: _("timer i uken"),
    AmountUnit.VISITS_PER_WEEK: _("besøk i uken"),
    AmountUnit.DAYS_PER_WEEK: _("dager i uken"),
    AmountUnit.PORTIONS_PER_WEEK: _("porsjoner i uken"),
    AmountUnit.DAYS: _("døgn"),
    AmountUnit.PLACES: _("plasser"),
    AmountUnit.PIECES: _("stykker"),
    AmountUnit.MONTHS: _("måneder"),
    AmountUnit.TIMES: _("ganger"),
}
PER_WORDS: Final = {
    "hour": _("time"),
    "visit": _("besøk"),
    "day": _("døgn eller dag"),
    "portion": _("porsjon"),
    "month": _("måned"),
    "time": _("gang"),
}
