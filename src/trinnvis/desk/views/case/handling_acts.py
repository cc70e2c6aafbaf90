"""What carries a case along: who has it, notes, help at once, replies, and the end of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trinnvis.access.queries import staff
from trinnvis.access.rules import CASEWORK_ROLES
from trinnvis.casework import services
from trinnvis.casework.queries.receiving import receiving_units
from trinnvis.desk.acts import Act, plain
from trinnvis.desk.forms import acts as forms

from .page import CasePage


def _colleagues(page: CasePage, data: Any, thing: int) -> forms.Assign:
    return forms.Assign(data, staff=staff(on=page.today, unit=page.case.unit, roles=CASEWORK_ROLES))


def _other_units(page: CasePage, data: Any, thing: int) -> forms.Move:
    units = receiving_units(page.policy, on=page.today)
    return forms.Move(data, units=[unit for unit in units if unit.code != page.case.unit])


def _assign(page: CasePage, said: dict[str, Any], thing: int) -> None:
    colleagues = staff(on=page.today, unit=page.case.unit, roles=CASEWORK_ROLES)
    services.assign(number=page.number, to=colleagues.get(pk=said["to"]), **page.who)


def _apply(page: CasePage, said: dict[str, Any], thing: int) -> None:
    """A day in the past counts from its beginning: the citizen's clock never starts later than it did."""
    day = said["received_on"]
    received = page.now if day == page.today else timezone.make_aware(datetime.combine(day, time.min))
    services.register_application(
        number=page.number, applies_for=said["applies_for"], received_at=received, **page.who
    )


def _take(page: CasePage, said: dict[str, Any], thing: int) -> None:
    services.assign(number=page.number, **page.who)


HANDLING = {
    "take": Act(
        "assign",
        _("Ta saken"),
        _("Ta saken"),
        _("Du har saken."),
        _take,
        text=_("Du blir saksbehandler, og navnet ditt står i brevet til innbyggeren."),
    ),
    "assign": Act(
        "assign",
        _("Gi saken til noen"),
        _("Gi saken"),
        _("Saken har fått saksbehandler."),
        _assign,
        _colleagues,
    ),
    "move": Act(
        "move",
        _("Flytt saken til en annen enhet"),
        _("Flytt saken"),
        _("Saken er flyttet."),
        lambda page, said, thing: services.move(number=page.number, **said, **page.who),
        _other_units,
        text=_(
            "Alt i saken følger med, og fristene løper som før. De som arbeider med saker i den nye enheten, "
            "får se den. Du ser den ikke lenger, hvis du ikke arbeider der også."
        ),
    ),
    "note": Act(
        "note",
        _("Skriv et notat"),
        _("Lagre notatet"),
        _("Notatet er lagret."),
        lambda page, said, thing: services.note(
            number=page.number, text=said["text"], internal=said["internal"], **page.who
        ),
        plain(forms.Note),
    ),
    "apply": Act(
        "apply",
        _("Registrer søknad"),
        _("Registrer søknaden"),
        _("Søknaden er registrert. Fristene løper fra da det ble søkt."),
        _apply,
        plain(forms.Apply),
        text=_("En søknad kan være muntlig. Fristene løper fra den dagen innbyggeren søkte."),
        names={"received_at": "received_on"},
    ),
    "heard": Act(
        "confirm_heard",
        _("Bekreft at innbyggeren er hørt"),
        _("Bekreft"),
        _("Det er notert at innbyggeren er hørt."),
        lambda page, said, thing: services.confirm_heard(number=page.number, how=said["how"], **page.who),
        plain(forms.Heard),
        text=_(
            "Det innbyggeren har skrevet, står i vurderingen. Kom det fram noe nytt i samtalen, skriver du "
            "det ned der i stedet."
        ),
    ),
    "give_help_now": Act(
        "give_help_now",
        _("Bekreft at hjelpen er i gang"),
        _("Bekreft"),
        _("Hjelpen er i gang. Vedtaket kan skrives etterpå."),
        lambda page, said, thing: services.confirm_help_given(
            number=page.number, what=said["what"], **page.who
        ),
        plain(forms.HelpGiven),
    ),
    "set_fast_track": Act(
        "set_fast_track",
        _("Merk saken «Alvorlig syk»"),
        _("Merk saken"),
        _("Saken er merket. Hjelpen skal komme i dag, og alt som kan vente, venter."),
        lambda page, said, thing: services.set_fast_track(
            number=page.number, reason=said["reason"], **page.who
        ),
        plain(forms.Reason),
        text=_(
            "For alvorlig syke og livets siste fase. Hjelpen kommer først og vedtaket etterpå. "
            "Saken går utenom avklaring, trapp og kalkulator."
        ),
        color="danger",
    ),
    "preliminary_reply": Act(
        "preliminary_reply",
        _("Registrer foreløpig svar"),
        _("Registrer svaret"),
        _("Foreløpig svar er registrert. Datoen er nå fristen for vedtaket."),
        lambda page, said, thing: services.preliminary_reply(number=page.number, **said, **page.who),
        plain(forms.PreliminaryReply),
        text=_("Fortell innbyggeren hvorfor svaret drøyer, og når det kommer. Registrer det her."),
    ),
    "close": Act(
        "close",
        _("Avslutt saken"),
        _("Avslutt saken"),
        _("Saken er avsluttet."),
        lambda page, said, thing: services.close_case(number=page.number, reason=said["reason"], **page.who),
        plain(forms.Reason),
        text=_("Alt i saken blir stående. Det som var åpent, merkes som ikke lenger aktuelt."),
        color="danger",
    ),
}
