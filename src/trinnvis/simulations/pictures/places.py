"""Places needed against those there are, and who waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.bars import places_against_capacity
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import lines
from trinnvis.simulations.pictures.shown import Shown

QUEUE = "ko-"


def places(shown: Shown) -> list[Figure]:
    """For each step whose places were given: the need against them, and the queue."""
    found = []
    for at, step in shown.steps:
        if step in shown.places:
            queue = [row for row in shown.outcome.queues if row["step"] == step]
            found += [_needed(shown, at, step), _waiting(shown, step, queue)]
    weeks = _weeks(shown)
    return [*found, weeks] if weeks else found


def _needed(shown: Shown, at: int, step: int) -> Figure:
    built, spread = shown.places[step], shown.outcome.persons
    half, ninety = float(spread.middle[-1, at]), float(spread.high[-1, at])
    finding = _(
        "I %(last)d trengs trolig %(half)s plasser på %(step)s (P50), %(how)s. %(ninety)s er nok i ni av ti "
        "tilfeller (P90)."
    ) % {
        "last": shown.last, "half": _up(half), "step": shown.named_step(step), "how": shown.how,
        "ninety": _up(ninety),
    }  # fmt: skip
    finding += " " + _enough(shown, at, built)
    return places_against_capacity(
        About(
            f"plasser-trinn-{step}",
            _("Plasser som trengs på %(step)s, mot de %(built)d som er oppgitt")
            % {"step": shown.named_step(step), "built": built},
            finding,
            _("Søyler for behovet år for år, merker for P90 og en linje for plassene. %(finding)s")
            % {"finding": finding},
            shown.source + ". " + _("Plasser: %(source)s") % {"source": shown.places_source.get(step, "")},
        ),
        category=_("31. desember"),
        categories=list(shown.answer.years),
        need=Series(_("Trolig (P50)"), _rounded(spread.middle[:, at])),
        high=Series(_("Å planlegge for (P90)"), _rounded(spread.high[:, at])),
        capacity=Series(_("Plasser"), [built] * len(shown.answer.years)),
        unit=Unit(_("Plasser"), decimals=1),
    )


def _enough(shown: Shown, at: int, built: int) -> str:
    for values, told in (
        (shown.outcome.persons.middle, _("De %(built)d plassene er trolig for få fra %(year)d.")),
        (shown.outcome.persons.high, _("De %(built)d plassene kan bli for få fra %(year)d.")),
    ):
        over = [year for year, value in zip(shown.answer.years, values[:, at], strict=True) if value > built]
        if over:
            return told % {"built": built, "year": over[0]}
    return _("De %(built)d plassene er nok hele tiden.") % {"built": built}


def _waiting(shown: Shown, step: int, queue: Sequence[Mapping[str, Any]]) -> Figure:
    last = queue[-1]
    built = shown.places[step]
    words = {
        "built": built, "step": shown.named_step(step), "last": last["year"],
        "half": _up(last["waiting_p50"]), "ninety": _up(last["waiting_p90"]),
    }  # fmt: skip
    if any(row["waiting_p90"] for row in queue):
        finding = (
            _(
                "Med %(built)d plasser på %(step)s venter trolig %(half)s ved utgangen av %(last)d, og høyst "
                "%(ninety)s i ni av ti tilfeller."
            )
            % words
        )
    else:
        finding = _("Med %(built)d plasser på %(step)s er det ingen kø i ni av ti tilfeller.") % words
    return lines(
        About(
            f"{QUEUE}trinn-{step}",
            _("Hvor mange som venter på %(step)s med %(built)d plasser") % words,
            finding,
            _("Linjer for dem som venter 31. desember, år for år. %(finding)s") % {"finding": finding},
            shown.source + ". " + _("Køen er regnet for seg; de som venter, er like syke som de som bor der"),
        ),
        category=_("31. desember"),
        categories=[row["year"] for row in queue],
        series=[
            Series(_("Trolig (P50)"), [row["waiting_p50"] for row in queue]),
            Series(_("I ni av ti tilfeller høyst (P90)"), [row["waiting_p90"] for row in queue]),
            Series(_("I snitt gjennom året"), [round(row["waiting_mean"], 1) for row in queue]),
        ],
        unit=Unit(_("Personer som venter"), decimals=1),
    )


def _weeks(shown: Shown) -> Figure | None:
    rows = shown.outcome.queues
    if not rows:
        return None
    steps = [step for _at, step in shown.steps if any(row["step"] == step for row in rows)]
    by_step = {
        step: [round(row["weeks_waited_mean"], 1) for row in rows if row["step"] == step] for step in steps
    }
    last = rows[-1]["year"]
    ends = [
        _("%(weeks)s uker på %(step)s")
        % {"weeks": formats.number(by_step[step][-1], 0), "step": shown.named_step(step)}
        for step in steps
    ]
    finding = _("Den som ber om plass i %(last)d, venter i snitt %(ends)s, %(how)s.") % {
        "last": last, "ends": formats.listed(ends), "how": shown.how,
    }  # fmt: skip
    return lines(
        About(
            "ventetid",
            _("Uker man venter på plass, i snitt"),
            finding,
            _("Linjer for ventetid år for år, én for hvert trinn. %(finding)s") % {"finding": finding},
            shown.source,
        ),
        category=_("År"),
        categories=[row["year"] for row in rows if row["step"] == steps[0]],
        series=[Series(shown.step(step), by_step[step]) for step in steps],
        unit=Unit(_("Uker"), decimals=1),
    )


def _up(value: float) -> str:
    """Whole places; a part of one is one."""
    return formats.number(-(-round(value, 3) // 1), 0)


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 1) for value in values]
