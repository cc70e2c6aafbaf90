"""Choosing between alternatives, and sending what is decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trinnvis.casework import services
from trinnvis.casework.errors import NotFound
from trinnvis.desk.acts import Act, plain
from trinnvis.desk.forms import acts as forms
from trinnvis.letters import services as letters

from .page import CasePage


def _of_this_case(page: CasePage, alternative: int) -> int:
    if not page.case.alternatives.filter(pk=alternative).exists():
        raise NotFound(str(alternative))
    return alternative


DECIDING = {
    "choose": Act(
        "alternatives",
        _("Velg dette alternativet"),
        _("Velg alternativet"),
        _("Alternativet er valgt. Nå gjenstår kriteriene og vedtaket."),
        lambda page, said, thing: services.choose_alternative(
            _of_this_case(page, thing), reason=said["reason"], **page.who
        ),
        plain(forms.Reason),
        text=_("Skriv med egne ord hvorfor dette svarer best på behovet. Pris er ikke en begrunnelse."),
        back="case_alternatives",
    ),
    "withdraw_alternative": Act(
        "alternatives",
        _("Ta alternativet ut av sammenligningen"),
        _("Ta ut"),
        _("Alternativet er tatt ut. Det står fortsatt i saken."),
        lambda page, said, thing: services.withdraw_alternative(
            _of_this_case(page, thing), reason=said["reason"], **page.who
        ),
        plain(forms.Reason),
        back="case_alternatives",
        color="danger",
    ),
    "withdraw_decision": Act(
        "withdraw_decision",
        _("Trekk vedtaket tilbake fra godkjenning"),
        _("Trekk tilbake"),
        _("Vedtaket er et utkast igjen."),
        lambda page, said, thing: services.withdraw_decision(page.number, reason=said["reason"], **page.who),
        plain(forms.OptionalReason),
        back="case_decision",
    ),
    "send_decision": Act(
        "send_decision",
        _("Send vedtaket"),
        _("Send vedtaket nå"),
        _("Vedtaket er sendt. Brevet ligger under Dokumenter."),
        lambda page, said, thing: letters.send_decision(number=page.number, **page.who),
        text=_(
            "Brevet lages og legges på Min side hos den vedtaket er til. Klagefristen løper fra i dag. "
            "Et vedtak som er sendt, kan ikke endres."
        ),
        back="case_decision",
    ),
}
