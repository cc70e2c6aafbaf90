"""What a reader must be told of the figures a forecast or a simulation starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trinnvis.planning.demand.levels import LEVEL_YEARS, Level
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import short_name
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.shipped import panel
from trinnvis.planning.population.municipalities import Municipality


def own_notes(one: Municipality, own: OwnUse | None, base: int, basis: Basis) -> list[str]:
    """Which of the figures are the municipality's own, and from when."""
    if own is None:
        return []
    if own.municipality != one.code:
        return [f"De egne tallene gjelder en annen kommune. For {short_name(one)} er de offentlige brukt."]
    window = range(base - LEVEL_YEARS + 1, base + 1)
    used = {service: own.years(service, window) for service in own.services}
    titles = {service.code: service.title.lower() for service in basis.services}
    told = [f"{titles.get(code, code)} ({_spanned(years)})" for code, years in used.items() if years]
    if not told:
        return [f"De egne tallene har ingen år som teller for grunnåret {base}. De offentlige er brukt."]
    return [f"Brukere etter {own.source}: {', '.join(told)}. Resten er offentlige tall."]


def level_notes(one: Municipality, level: Mapping[str, Level], basis: Basis, own: OwnUse | None) -> list[str]:
    """Where the level is the nation's. own: the municipality's own counts, where they are used."""
    if one.code not in panel().codes and own is None:
        return [
            f"Trinnvis har ingen egne brukertall for {short_name(one)}. Nivået er landets for alle "
            "tjenester, og intervallene er brede fordi kommuner er ulike. Import av egne tall gir et "
            "sikrere svar."
        ]
    national = [s.title.lower() for s in basis.services if s.code in level and not level[s.code].own]
    if not national:
        return []
    return [f"Nivået er landets, ikke {short_name(one)}s eget, for {' og '.join(national)}."]


def hours_notes(own: bool, estimated: bool) -> list[str]:
    if not own:
        return ["Timer per bruker av hjemmetjenester er landets, etter alder."]
    if estimated:
        return ["Timene er regnet av timer per uke og brukere, og er trolig noe for høye."]
    return []


def _spanned(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
