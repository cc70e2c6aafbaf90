"""A persona's pathways as figures: per year, cumulated, the difference, who pays, and what it hangs on."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from trinnvis import formats
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.effects import Assumption, TornadoWords, tornado
from trinnvis.figures.pack import Pack, pack_pdf
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.sheets import workbook
from trinnvis.figures.trends import lines
from trinnvis.figures.two_measures import Group, bars_and_line, two_panels
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.document import sources
from trinnvis.planning.pathways.pricing import Priced
from trinnvis.planning.pathways.schema import Payer

NOK = Unit("Kroner i året", "kr")
TOTAL = Unit("Kroner i alt", "kr")
HOURS = Unit("Timer i året", "timer")
AGE = "Alder"
PAYERS = {
    Payer.MUNICIPALITY: "Kommunen",
    Payer.STATE: "Staten",
    Payer.CITIZEN: "Innbyggeren",
}


def figures(found: Comparison) -> tuple[Figure, ...]:
    """Every figure of a comparison, in the order it is told."""
    both = (_per_year(found, panels=False), _per_year(found, panels=True))
    more = (_difference(found),) if len(found.priced) > 1 else ()
    return (*both, _cumulative(found), *more, _payers(found), *_sensitivities(found))


def xlsx(found: Comparison) -> bytes:
    """A workbook: a sheet for each figure, with its table and charts that Excel draws."""
    return workbook(figures(found), title=f"Forløp: {found.persona.title}")


def pdf(found: Comparison, *, made_at: datetime) -> bytes:
    """A tagged PDF: the story, the figures with their tables, the assumptions and every source."""
    persona = found.persona
    stories = tuple(f"{p.pathway.title}: {p.pathway.story}" for p in found.priced)
    pack = Pack(
        title=f"Forløp: {persona.title}",
        author=found.prices.policy.municipality.name,
        intro=(persona.about, finding(found), *stories, f"Status: {persona.status.value}."),
        figures=figures(found),
        sources=(*persona.assumptions, *sources(found)),
    )
    return pack_pdf(pack, made_at=made_at)


def finding(found: Comparison) -> str:
    """What the comparison says, with the months in an institution it hangs on."""
    first = found.priced[0]
    if len(found.priced) == 1:
        return f"{first.pathway.title} tar {_nok(first.nok)} og {_hours(first.hours)} i alt."
    others = " og ".join(
        f"{each.pathway.title.lower()} {_nok(each.nok)} ({_times(each.nok, first.nok)})"
        for each in found.priced[1:]
    )
    return f"{first.pathway.title} tar {_nok(first.nok)} i alt, {others}. Tallene er eksempler."


def _per_year(found: Comparison, *, panels: bool) -> Figure:
    groups = [
        Group(each.pathway.title, _by_age(found, each, "nok"), _by_age(found, each, "hours"))
        for each in found.priced
    ]
    peak = max(
        ((year.nok, year.age, each) for each in found.priced for year in each.years),
        key=lambda top: (top[0], -top[1]),
    )
    said = f"Det dyreste året er ved {peak[1]} år i {peak[2].pathway.title.lower()}: {_nok(peak[0])}."
    make = two_panels if panels else bars_and_line
    return make(
        _about(
            found,
            "forlop-to-felt" if panels else "forlop",
            "Kroner og timer i to felt, etter alder" if panels else "Kroner og timer for hvert år av livet",
            said if panels else finding(found),
            "Søyler for kroner og linjer for timer, for hvert forløp og hvert år fra "
            f"{found.ages[0]} til {found.ages[-1]} år. {said}",
        ),
        category=AGE,
        categories=found.ages,
        groups=groups,
        bar_unit=NOK,
        line_unit=HOURS,
    )


def _cumulative(found: Comparison) -> Figure:
    series = []
    for each in found.priced:
        by_age, running, values = {year.age: year.nok for year in each.years}, Fraction(0), []
        for age in found.ages:
            running += by_age.get(age, Fraction(0))
            values.append(round(float(running)))
        series.append(Series(each.pathway.title, values))
    return lines(
        _about(
            found,
            "forlop-samlet",
            "Kroner samlet fram til hver alder",
            finding(found),
            "Én linje for hvert forløp som stiger med alderen til summen ved enden.",
        ),
        category=AGE,
        categories=found.ages,
        series=series,
        unit=TOTAL,
    )


def _difference(found: Comparison) -> Figure:
    first = found.priced[0]
    zero = {year.age: year.nok for year in first.years}
    series = [
        Series(
            f"{each.pathway.title} minus {first.pathway.title.lower()}",
            [round(float(dict(_years(each)).get(age, 0) - zero.get(age, Fraction(0)))) for age in found.ages],
        )
        for each in found.priced[1:]
    ]
    dearer = [age for at, age in enumerate(found.ages) if min(s.values[at] or 0 for s in series) < 0]
    early = (
        f"{first.pathway.title} koster mest ved {formats.listed([str(a) for a in dearer])} år."
        if dearer and len(dearer) <= 4
        else f"{first.pathway.title} koster mest i {len(dearer)} av {len(found.ages)} år, mindre i de andre."
        if dearer
        else f"{first.pathway.title} koster minst i alle år."
    )
    return lines(
        _about(
            found,
            "forlop-forskjell",
            f"Forskjell fra {first.pathway.title.lower()}",
            early,
            f"Linjer for forskjellen i kroner hvert år. {early}",
        ),
        category=AGE,
        categories=found.ages,
        series=series,
        unit=NOK,
    )


def _payers(found: Comparison) -> Figure:
    paid = {payer: [each.paid_by(payer) for each in found.priced] for payer in Payer}
    kin = formats.listed(
        [
            f"{_hours(held.hours)} i {each.pathway.title.lower()}"
            for each, held in zip(found.priced, paid[Payer.NEXT_OF_KIN], strict=True)
        ]
    )
    return stacked_bars(
        _about(
            found,
            "forlop-betaler",
            "Hvem som betaler, hele forløpet",
            f"Pårørende gir i tillegg {kin}, uten betaling.",
            "En søyle for hvert forløp, delt på kommunen, staten og innbyggeren.",
        ),
        category="Forløp",
        categories=[each.pathway.title for each in found.priced],
        series=[
            Series(name, [max(round(float(held.nok)), 0) for held in paid[payer]])
            for payer, name in PAYERS.items()
        ],
        unit=TOTAL,
    )


def _sensitivities(found: Comparison) -> list[Figure]:
    """A tornado for each pathway that any assumption moves."""
    made = []
    for each in found.priced:
        kind, base = each.pathway.kind, float(each.nok)
        moving = [s for s in found.swings if s.low[kind] != each.nok or s.high[kind] != each.nok][:10]
        if not moving:
            continue
        top = moving[0]
        made.append(
            tornado(
                _about(
                    found,
                    f"forlop-folsomhet-{kind.value}",
                    f"Hva svaret henger på: {each.pathway.title.lower()}",
                    f"{top.title} flytter summen fra {_nok(min(top.low[kind], top.high[kind]))} til "
                    f"{_nok(max(top.low[kind], top.high[kind]))}.",
                    "En vannrett søyle for hver forutsetning, fra lavt til høyt anslag.",
                ),
                base=base,
                assumptions=[
                    Assumption(
                        swing.title,
                        swing.low_text,
                        round(float(swing.low[kind])),
                        swing.high_text,
                        round(float(swing.high[kind])),
                    )
                    for swing in moving
                ],
                words=TornadoWords("Forutsetning", "Lavt anslag", "Høyt anslag", "Kroner i alt"),
                unit=TOTAL,
            )
        )
    return made


def _about(found: Comparison, key: str, title: str, says: str, alt: str) -> About:
    years = ", ".join(map(str, found.price_years)) or str(found.prices.on.year)
    source = (
        f"{found.prices.policy.title}, prisår {years}; {found.persona.source} ({found.persona.status.value})"
    )
    return About(key, f"{found.persona.name}: {title[0].lower()}{title[1:]}", says, alt, source)


def _by_age(found: Comparison, priced: Priced, measure: str) -> tuple[int | None, ...]:
    by_age = {year.age: round(float(getattr(year, measure))) for year in priced.years}
    return tuple(by_age.get(age) for age in found.ages)


def _years(priced: Priced) -> list[tuple[int, Fraction]]:
    return [(year.age, year.nok) for year in priced.years]


def _nok(value: Fraction) -> str:
    return TOTAL.text(round(float(value), -3))


def _hours(value: Fraction) -> str:
    return HOURS.text(round(float(value)))


def _times(value: Fraction, base: Fraction) -> str:
    return f"{formats.number(round(float(value / base), 1), 1)} ganger" if base else "–"
