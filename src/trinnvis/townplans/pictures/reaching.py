"""Who reaches what, what stands in the way of the others, and how far it is."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Cell, Figure, Series, Table
from trinnvis.planning.town.running import Reason
from trinnvis.townplans.pictures.common import (
    people_unit,
    percent_of,
    places,
    share_unit,
    source_of,
    whole_area,
)
from trinnvis.townplans.viewing import Part, Seen
from trinnvis.townplans.wording import area_sentence, of_whom, phrase, reason_in_words, some, walking


def reach_figure(seen: Seen) -> Figure:
    """Settlement by settlement, the share that reaches each of the daily errands."""
    shown = places(seen)
    chosen = [seen.found.policy.categories[one] for one in seen.daily]
    parts = [[seen.reach(one, area) for area, _name in shown] for one in seen.daily]
    about = About(
        "rekkevidde",
        _("Andel %(who)s som når daglige gjøremål %(how)s")
        % {"who": of_whom(seen), "how": walking(seen.profile)},
        area_sentence(seen, ""),
        _("En gruppe liggende stolper for hvert tettsted, én for hvert gjøremål. Tallene står i tabellen."),
        source_of(seen),
    )
    drawn = rows_of_bars(
        about,
        category=_("Tettsted"),
        categories=[name for _area, name in shown],
        series=[
            Series(category.title, [percent_of(part) or 0.0 for part in row])
            for category, row in zip(chosen, parts, strict=True)
        ],
        unit=share_unit(seen),
    )
    unit, people = share_unit(seen), people_unit(seen)
    headings = [_("Tettsted"), _("Bor der")]
    for category in chosen:
        headings += [category.title, _("%(title)s, andel") % {"title": category.title}]
    rows = tuple(
        (
            name,
            round(parts[0][at].of),
            *(cell for row in parts for cell in (round(row[at].people), percent_of(row[at]))),
        )
        for at, (_area, name) in enumerate(shown)
    )
    table = Table(tuple(headings), rows, (None, people, *((people, unit) * len(chosen))))
    return replace(drawn, table=table, native=())


def obstacles_figure(seen: Seen) -> Figure:
    """Settlement by settlement, those who reach the chosen errand, and what keeps the others from it."""
    shown = places(seen)[:-1] or places(seen)
    reasons = {name: seen.reasons(area) for area, name in shown}
    used = [why for why in Reason if any(row[why] for row in reasons.values())] or [Reason.DISTANCE]
    everywhere = seen.reasons("")
    lost = sum(everywhere[why] for why in (Reason.SLOPE, Reason.STEPS, Reason.MISSING_LINK))
    about = About(
        "hindringer",
        _("Hva som hindrer folk i å nå %(what)s %(how)s: %(who)s")
        % {"who": some(seen), "what": phrase(seen.category), "how": walking(seen.profile)},
        (
            _("%(lost)s %(who)s ville nådd %(what)s uten bratte bakker, trapper og manglende gangveger. "
              "%(slope)s stoppes av bratte bakker alene.")
            if seen.has_services
            else _("Dataene mangler %(what)s. Hent inn tilbudene, eller legg dem til i en plan.")
        )
        % {
            "lost": formats.number(round(lost)), "who": some(seen), "what": phrase(seen.category),
            "slope": formats.number(round(everywhere[Reason.SLOPE])),
        },
        _("En liggende stolpe for hvert tettsted, delt etter om de når tilbudet, og hva som hindrer resten."),
        source_of(seen),
    )  # fmt: skip
    return rows_of_bars(
        about,
        category=_("Tettsted"),
        categories=[name for _area, name in shown],
        series=[
            Series(reason_in_words(why).capitalize(), [round(reasons[name][why]) for _area, name in shown])
            for why in used
        ],
        unit=people_unit(seen),
        stacked=True,
    )


def distances_figure(seen: Seen) -> Figure:
    """Cumulative: so many have the chosen errand within 300, 500, … metres on foot, on the flat."""
    bands = seen.found.policy.bands_m
    labels = [f"0–{formats.number(metres)}{formats.SPACE}m" for metres in bands]
    held = seen.found.after
    flat = held.answers[seen.look.category].flat

    def within(area: str, ages: int | None) -> list[Part]:
        everyone = ages is None and seen.knows_people
        people = held.town.homes.residents.sum(axis=1) if everyone else seen.people(held)
        here = people * seen.inside(held, area)
        return [Part(float(here[flat <= metres].sum()), float(here.sum())) for metres in bands]

    looked_at = [(seen.ages.title, seen.look.ages), (_("Alle innbyggere"), None)]
    shown = looked_at if seen.knows_people else [(_("Boliger"), None)]
    old = within("", shown[0][1])
    about = About(
        "avstander",
        _("Avstand langs gangvegnettet til %(what)s, uten hensyn til stigning")
        % {"what": phrase(seen.category)},
        _("%(share)s %(who)s har %(what)s innen %(first)s meter og %(most)s innen %(last)s meter.")
        % {
            "share": formats.percent(old[0].share or 0), "who": of_whom(seen),
            "what": phrase(seen.category), "first": formats.number(bands[0]),
            "most": formats.percent(old[-1].share or 0), "last": formats.number(bands[-1]),
        },
        (
            _("To liggende stolper for hver avstand: aldersgruppa og alle innbyggere. "
              "Stolpene vokser nedover.")
            if seen.knows_people
            else _("En liggende stolpe for hver avstand. Stolpene vokser nedover.")
        ),
        source_of(seen),
    )  # fmt: skip
    drawn = rows_of_bars(
        about,
        category=_("Avstand"),
        categories=labels,
        series=[
            Series(title, [percent_of(part) or 0.0 for part in within("", ages)]) for title, ages in shown
        ],
        unit=share_unit(seen),
    )
    rows: list[tuple[Cell, ...]] = []
    for area, name in places(seen):
        for title, ages in shown:
            parts = within(area, ages)
            rows.append((name or whole_area(), title, round(parts[0].of), *(round(p.people) for p in parts)))
    table = Table(
        (_("Tettsted"), _("Alder"), _("Bor der"), *labels),
        tuple(rows),
        (None, None, *(people_unit(seen),) * (1 + len(labels))),
    )
    return replace(drawn, table=table, native=())
