"""A persona's pathways as figures: per year, cumulated, the difference, who pays, and what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.effects import Assumption, TornadoWords, tornado
from trinnvis.figures.pack import Pack, pack_pdf
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.sheets import workbook
from trinnvis.figures.trends import lines
from trinnvis.figures.two_measures import Group, bars_and_line, two_panels
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.document import choices_told, sources, unpriced_told
from trinnvis.planning.pathways.living import Spread
from trinnvis.planning.pathways.pricing import OUTSIDE, Priced
from trinnvis.planning.pathways.schema import Payer
from trinnvis.reports.lives import spread_figures

MOST_BARS = 10


def nok_a_year() -> Unit:
    return Unit(_("Kroner i året"), "kr")


def nok_in_all() -> Unit:
    return Unit(_("Kroner i alt"), "kr")


def hours_a_year() -> Unit:
    return Unit(_("Timer i året"), _("timer"))


def figures(found: Comparison, spreads: Sequence[Spread] = ()) -> tuple[Figure, ...]:
    """Every figure of a comparison, in the order it is told."""
    both = (_per_year(found, panels=False), _per_year(found, panels=True))
    more = (_difference(found),) if len(found.priced) > 1 else ()
    splits = (_payers(found), *_steps(found))
    return (
        *both,
        _cumulative(found),
        *more,
        *_sensitivities(found),
        *splits,
        *spread_figures(found, spreads),
    )


def xlsx(found: Comparison, spreads: Sequence[Spread] = ()) -> bytes:
    """A workbook: a sheet for each figure, with its table and charts that Excel draws."""
    return workbook(figures(found, spreads), title=_("Forløp: %(title)s") % {"title": found.persona.title})


def pdf(found: Comparison, spreads: Sequence[Spread] = (), *, made_at: datetime) -> bytes:
    """A tagged PDF: the story, the figures with their tables, the assumptions and every source."""
    persona = found.persona
    stories = tuple(f"{p.pathway.title}: {p.pathway.story}" for p in found.priced)
    said = (*choices_told(found), *unpriced_told(found))
    pack = Pack(
        title=_("Forløp: %(title)s") % {"title": persona.title},
        author=found.prices.policy.municipality.name,
        intro=(persona.about, finding(found), *stories, *said, price_year_told(found)),
        figures=figures(found, spreads),
        sources=(*persona.assumptions, *sources(found)),
        language=(translation.get_language() or "nb")[:2],
    )
    return pack_pdf(pack, made_at=made_at)


def price_year_told(found: Comparison) -> str:
    """The price year and whether kroner are discounted, in a sentence."""
    years = formats.listed([str(year) for year in found.price_years]) or str(found.price_year)
    told = _("Prisene er fra %(years)s og er like i alle år.") % {"years": years}
    return told if found.choices.discount else f"{told} {_('Kroner er ikke diskontert.')}"


def finding(found: Comparison) -> str:
    """What the comparison says."""
    first = found.priced[0]
    told = {"title": first.pathway.title, "nok": _nok(first.nok), "hours": _hours(first.hours)}
    if len(found.priced) == 1:
        return _("%(title)s tar %(nok)s og %(hours)s i alt.") % told
    others = formats.listed(
        [
            f"{each.pathway.title.lower()} {_nok(each.nok)} ({_times(each.nok, first.nok)})"
            for each in found.priced[1:]
        ]
    )
    said = _("%(title)s tar %(nok)s i alt, %(others)s.") % {**told, "others": others}
    example = found.persona.status.value in ("eksempel", "må kontrolleres")
    return f"{said} {_('Tallene er eksempler.')}" if example else said


def _per_year(found: Comparison, *, panels: bool) -> Figure:
    groups = [
        Group(each.pathway.title, _by_age(found, each, "nok"), _by_age(found, each, "hours"))
        for each in found.priced
    ]
    peak = max(
        ((year.nok, year.age, each) for each in found.priced for year in each.years),
        key=lambda top: (top[0], -top[1]),
    )
    said = _("Det dyreste året er ved %(age)s år i %(title)s: %(nok)s.") % {
        "age": peak[1],
        "title": peak[2].pathway.title.lower(),
        "nok": _nok(peak[0]),
    }
    make = two_panels if panels else bars_and_line
    return make(
        _about(
            found,
            "forlop-to-felt" if panels else "forlop",
            _("Kroner og timer i to felt, etter alder")
            if panels
            else _("Kroner og timer for hvert år av livet"),
            said if panels else finding(found),
            _("Søyler for kroner og linjer for timer, for hvert forløp, fra %(first)s til %(last)s år.")
            % {"first": found.ages[0], "last": found.ages[-1]}
            + f" {said}",
        ),
        category=_("Alder"),
        categories=found.ages,
        groups=groups,
        bar_unit=nok_a_year(),
        line_unit=hours_a_year(),
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
            _("Kroner samlet fram til hver alder"),
            _overtaken(found, series),
            _("Én linje for hvert forløp som stiger med alderen til summen ved enden."),
        ),
        category=_("Alder"),
        categories=found.ages,
        series=series,
        unit=nok_in_all(),
    )


def _overtaken(found: Comparison, series: Sequence[Series]) -> str:
    """From which age the first pathway has taken least in all, for good."""
    first, *others = series
    dearer = [
        at
        for at in range(len(found.ages))
        if any(o.values[at] < first.values[at] for o in others)  # type: ignore[operator]
    ]
    told = {"title": found.priced[0].pathway.title}
    if not others:
        return finding(found)
    if not dearer:
        return _("%(title)s har tatt minst i alt ved alle aldre.") % told
    if dearer[-1] == len(found.ages) - 1:
        return _("%(title)s har ikke tatt minst i alt ved enden.") % told
    return _("%(title)s har tatt minst i alt fra %(age)s år og ut, men ikke ved alle aldre før.") % {
        **told,
        "age": found.ages[dearer[-1] + 1],
    }


def _difference(found: Comparison) -> Figure:
    first = found.priced[0]
    zero = {year.age: year.nok for year in first.years}
    series = [
        Series(
            _("%(one)s minus %(other)s") % {"one": each.pathway.title, "other": first.pathway.title.lower()},
            [round(float(dict(_years(each)).get(age, 0) - zero.get(age, Fraction(0)))) for age in found.ages],
        )
        for each in found.priced[1:]
    ]
    dearer = [age for at, age in enumerate(found.ages) if min(s.values[at] or 0 for s in series) < 0]
    told = {"title": first.pathway.title, "count": len(dearer), "all": len(found.ages)}
    if not dearer:
        early = _("%(title)s koster minst i alle år.") % told
    elif len(dearer) <= 4:
        ages = formats.listed([str(age) for age in dearer])
        early = _("%(title)s koster mest ved %(ages)s år.") % {**told, "ages": ages}
    else:
        early = _("%(title)s koster mest i %(count)s av %(all)s år, mindre i de andre.") % told
    return lines(
        _about(
            found,
            "forlop-forskjell",
            _("Forskjell fra %(title)s") % {"title": first.pathway.title.lower()},
            early,
            f"{_('Linjer for forskjellen i kroner hvert år.')} {early}",
        ),
        category=_("Alder"),
        categories=found.ages,
        series=series,
        unit=nok_a_year(),
    )


def _payers(found: Comparison) -> Figure:
    paid = {payer: [each.paid_by(payer) for each in found.priced] for payer in Payer}
    kin = formats.listed(
        [
            _("%(hours)s i %(title)s") % {"hours": _hours(held.hours), "title": each.pathway.title.lower()}
            for each, held in zip(found.priced, paid[Payer.NEXT_OF_KIN], strict=True)
        ]
    )
    return stacked_bars(
        _about(
            found,
            "forlop-betaler",
            _("Hvem som betaler, hele forløpet"),
            _("Pårørende gir i tillegg %(kin)s, uten betaling.") % {"kin": kin},
            _("En søyle for hvert forløp, delt på kommunen, staten og innbyggeren."),
        ),
        category=_("Forløp"),
        categories=[each.pathway.title for each in found.priced],
        series=[
            Series(name, [max(round(float(held.nok)), 0) for held in paid[payer]])
            for payer, name in (
                (Payer.MUNICIPALITY, _("Kommunen")),
                (Payer.STATE, _("Staten")),
                (Payer.CITIZEN, _("Innbyggeren")),
            )
        ],
        unit=nok_in_all(),
    )


def _steps(found: Comparison) -> list[Figure]:
    """Kroner of the whole pathway by step; nothing where they stand on one step alone."""
    totals = [
        {
            key: sum((year.by_step[key].nok for year in each.years if key in year.by_step), Fraction(0))
            for key in {key for year in each.years for key in year.by_step}
        }
        for each in found.priced
    ]
    keys = sorted({key for held in totals for key, nok in held.items() if nok > 0}, key=_step_order)
    if len(keys) < 2:
        return []
    dearest = max(keys, key=lambda key: sum(held.get(key, Fraction(0)) for held in totals))
    said = _("Mest går til %(step)s.") % {"step": _step_name(dearest, found)}
    return [
        stacked_bars(
            _about(
                found,
                "forlop-trinn",
                _("Kroner per trinn på innsatstrappa, hele forløpet"),
                said,
                f"{_('En søyle for hvert forløp, delt på trinnene.')} {said}",
            ),
            category=_("Forløp"),
            categories=[each.pathway.title for each in found.priced],
            series=[
                Series(_step_name(key, found), [max(round(float(held.get(key, 0))), 0) for held in totals])
                for key in keys
            ],
            unit=nok_in_all(),
        )
    ]


def _step_order(key: str) -> tuple[bool, int]:
    return key == OUTSIDE, int(key) if key.isdigit() else 0


def _step_name(key: str, found: Comparison) -> str:
    if key == OUTSIDE:
        return _("Utenom trappa")
    held = {step.number: step.title for step in found.prices.policy.effort_ladder.steps}
    return f"{key} {held.get(int(key), '')}".strip()


def _sensitivities(found: Comparison) -> list[Figure]:
    """A tornado for each pathway that any assumption moves."""
    made = []
    for each in found.priced:
        kind, base = each.pathway.kind, float(each.nok)
        moving = [s for s in found.swings if s.low[kind] != each.nok or s.high[kind] != each.nok][:MOST_BARS]
        if not moving:
            continue
        top = moving[0]
        made.append(
            tornado(
                _about(
                    found,
                    f"forlop-folsomhet-{kind.value}",
                    _("Hva svaret henger på: %(title)s") % {"title": each.pathway.title.lower()},
                    _("%(what)s flytter summen fra %(low)s til %(high)s.")
                    % {
                        "what": top.title,
                        "low": _nok(min(top.low[kind], top.high[kind])),
                        "high": _nok(max(top.low[kind], top.high[kind])),
                    },
                    _("En vannrett søyle for hver forutsetning, fra lavt til høyt anslag."),
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
                words=TornadoWords(_("Forutsetning"), _("Lavt anslag"), _("Høyt anslag"), _("Kroner i alt")),
                unit=nok_in_all(),
                as_given=True,
            )
        )
    return made


def _about(found: Comparison, key: str, title: str, says: str, alt: str) -> About:
    source = _("%(prices)s, prisår %(years)s; %(source)s (%(status)s)") % {
        "prices": found.prices.policy.title,
        "years": ", ".join(map(str, found.price_years)) or found.price_year,
        "source": found.persona.source,
        "status": found.persona.status.value,
    }
    return About(key, f"{found.persona.name}: {title[0].lower()}{title[1:]}", says, alt, source)


def _by_age(found: Comparison, priced: Priced, measure: str) -> tuple[int | None, ...]:
    by_age = {year.age: round(float(getattr(year, measure))) for year in priced.years}
    return tuple(by_age.get(age) for age in found.ages)


def _years(priced: Priced) -> list[tuple[int, Fraction]]:
    return [(year.age, year.nok) for year in priced.years]


def _nok(value: Fraction) -> str:
    return nok_in_all().text(round(float(value), -3))


def _hours(value: Fraction) -> str:
    return Unit(_("Timer"), _("timer")).text(round(float(value)))


def _times(value: Fraction, base: Fraction) -> str:
    ratio = formats.number(round(float(value / base), 1), 1) if base else formats.MISSING
    return _("%(ratio)s ganger") % {"ratio": ratio}
