"""The council's pack of a simulation: findings, figures in every measure, and how to repeat it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.figures.pack import Pack
from trinnvis.figures.shapes import Figure
from trinnvis.simulations.pictures import told_figures
from trinnvis.simulations.pictures.shown import Shown
from trinnvis.simulations.queries import Run
from trinnvis.simulations.rules import command_line
from trinnvis.simulations.wording import findings, summary, title_of, warnings


def pack_of(shown: Shown, run: Run, figures: tuple[Figure, ...] | None = None) -> Pack:
    """figures: those of a meeting unless others are given."""
    intro = (
        *findings(shown),
        _("Simulert: %(summary)s.") % {"summary": summary(run.order)},
        *explained(),
        *warnings(shown),
        _("Timer, årsverk og kroner på hvert trinn, år for år, står i Excel-fila."),
    )
    return Pack(
        _("Simulering av trappa: %(title)s") % {"title": title_of(run.order)},
        _("%(place)s kommune") % {"place": shown.place},
        intro,
        figures or told_figures(shown),
        (*shown.answer.assumptions, *shown.answer.sources, *repeated(shown, run)),
        language=(translation.get_language() or "nb")[:2],
    )


def explained() -> tuple[str, ...]:
    """What the words of uncertainty mean."""
    return (
        _("80 prosents intervall: Slik vi regner, blir det riktige tallet liggende i intervallet i åtte av "
          "ti tilfeller. I ett av ti blir det lavere, og i ett av ti høyere."),
        _("P50 er midten: Det blir like ofte flere som færre. P90 er tallet som holder i ni av ti "
          "tilfeller. Bygger kommunen for P50, blir det for trangt annethvert år."),
        _("Tallene er summer fra en modell. Ingen av dem er en person kommunen kjenner."),
    )  # fmt: skip


def repeated(shown: Shown, run: Run) -> tuple[str, ...]:
    """How anybody may get the same numbers."""
    return (
        _("Frø %(seed)d, Trinnvis %(version)s. Fingeravtrykk: %(digest)s")
        % {"seed": shown.answer.seed, "version": run.version, "digest": shown.outcome.digest},
        _("Det samme fra kommandolinja: %(command)s") % {"command": command_line(run.order)},
    )
