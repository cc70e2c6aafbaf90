"""«Mer enn dobbelt i 2040»: whether it holds, in plain words, computed and never quoted as true."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from trinnvis.planning.demand.forecast import Forecast, Outcome
from trinnvis.planning.demand.history import Z
from trinnvis.planning.demand.people import short_name
from trinnvis.planning.demand.uncertainty import Interval

MEASURES: Final = {"users": "brukerne", "hours": "timene", "nok": "kronene"}
SURE: Final = 0.9
UNLIKELY: Final = 0.1


def claim(forecast: Forecast) -> str:
    """The claim judged: constant rates first, then every other scenario asked for. Several sentences."""
    return " ".join(sentences(forecast))


def sentences(forecast: Forecast) -> Iterator[str]:
    """The same, one by one: what is claimed, whether it holds, and then why one can say so."""
    said, year = forecast.basis.claim, forecast.claim_year
    at = forecast.at(year)
    constant = forecast.constant
    people = forecast.people.persons[0]
    yield f"Påstanden er at {said.text}."
    growth = constant.growth
    holds = [word for measure, word in MEASURES.items() if growth[measure].middle[at] > said.factor]
    where = f"for {short_name(forecast.municipality)} regnet fra {forecast.base_year}"
    if len(holds) == len(MEASURES):
        verdict = f"Den holder {where}"
    elif holds:
        verdict = f"Den holder bare for {' og '.join(holds)} {where}"
    else:
        verdict = f"Den holder ikke {where}"
    numbers = _listed([f"{word} {_times(growth[measure], at)}" for measure, word in MEASURES.items()])
    yield f"{verdict}: som i dag blir {numbers} i {year}."
    if year < said.year:
        yield f"Framskrivingen går bare til {year}, så påstanden er prøvd for det året."
    yield _chance(growth["hours"], at, said.factor)
    yield from _services(forecast, at)
    older = people[at, 80:].sum() / people[0, 80:].sum()
    yield f"Innbyggerne over 80 år blir {_number(older)} ganger så mange."
    for outcome in forecast.outcomes:
        if outcome.scenario.name != constant.scenario.name:
            yield _other(outcome, at, said.factor)


def _chance(interval: Interval, at: int, factor: float) -> str:
    share = probability(interval, at, factor)
    if share >= SURE:
        how = f"over {100 * SURE:.0f}"
    elif share <= UNLIKELY:
        how = f"under {100 * UNLIKELY:.0f}"
    else:
        how = f"om lag {100 * share:.0f}"
    return f"Sannsynligheten for at timene blir over {_number(factor)} ganger så mange, er {how} prosent."


def _services(forecast: Forecast, at: int) -> Iterator[str]:
    factor = forecast.basis.claim.factor
    found = []
    for s, service in enumerate(forecast.basis.services):
        interval = forecast.constant.total("users", s, growth=True)
        if interval.middle[at] == interval.middle[at]:
            found.append((service.title.lower(), interval))
    above = [title for title, interval in found if interval.middle[at] > factor]
    each = _listed([f"{title} {_times(interval, at)}" for title, interval in found])
    yield f"Brukere etter tjeneste: {each}."
    yield (
        f"Påstanden holder altså for {_listed(above)}."
        if above
        else "Den holder ikke for noen av tjenestene."
    )


def _other(outcome: Outcome, at: int, factor: float) -> str:
    numbers = _listed([f"{word} {_times(outcome.growth[measure], at)}" for measure, word in MEASURES.items()])
    holds = outcome.growth["hours"].middle[at] > factor
    verdict = "holder" if holds else "holder ikke"
    return f"Med «{outcome.scenario.title}» blir {numbers}: påstanden {verdict}."


def probability(interval: Interval, at: int, factor: float) -> float:
    """That the growth is more than `factor`: normal on the log scale, each side with its own width."""
    middle = float(interval.middle[at])
    edge = float(interval.high[at] if factor > middle else interval.low[at])
    half = abs(math.log(edge / middle)) / Z
    if half == 0.0:
        return 1.0 if middle > factor else 0.0
    return 0.5 * math.erfc(math.log(factor / middle) / half / math.sqrt(2.0))


def _times(interval: Interval, at: int) -> str:
    return (
        f"{_number(interval.middle[at])} ganger så mange "
        f"({_one_decimal(interval.low[at])}–{_one_decimal(interval.high[at])})"
    )


def _one_decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _number(value: float) -> str:
    return _one_decimal(value).removesuffix(",0")


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} og {last}" if first else last
