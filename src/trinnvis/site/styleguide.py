"""Examples for the page of components (`/stil`): made-up texts, no person and no real policy."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator

from trinnvis.site import forms
from trinnvis.site.clock import site_now
from trinnvis.site.components import Crumb, SummaryRow, Tab, TimelineEntry, form_steps
from trinnvis.site.ladder_figure import Drawing, HousingStepView, Link, StepView, draw
from trinnvis.site.templatetags.trinnvis import icon_names

MOST_STEPS = 30


def eleven_digits(text: str) -> str:
    digits = "".join(text.split())
    if len(digits) != 11 or not digits.isdigit():
        raise ValueError("Skriv inn fødselsnummeret med 11 siffer.")
    return digits


class ExampleForm(forms.Form):
    matters = django_forms.CharField(
        label="Hva er viktig for deg?", help_text="Skriv med dine egne ord.", widget=forms.TextArea()
    )
    name = django_forms.CharField(label="Navn", max_length=80, required=False)
    number = forms.IdentityNumberField(check=eleven_digits)
    since = forms.NorwegianDateField(label="Når begynte det?")
    hours = forms.NorwegianDecimalField(label="Timer hjelp i uken", min_value=0, required=False)
    home = django_forms.ChoiceField(
        label="Hvordan bor du?",
        choices=[("", "Velg"), ("1", "Leilighet i sentrum"), ("2", "Enebolig")],
    )
    urgent = django_forms.ChoiceField(
        label="Haster det?",
        widget=django_forms.RadioSelect,
        choices=[
            ("now", forms.Described("Ja, det haster", "Vi ringer deg i dag.")),
            ("soon", forms.Described("Det kan vente noen dager", "Du hører fra oss innen tre dager.")),
            ("later", "Nei"),
        ],
    )
    around = django_forms.MultipleChoiceField(
        label="Hvem har du rundt deg?",
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        choices=[("family", "Familie"), ("friends", "Venner"), ("neighbours", "Naboer")],
    )
    consent = django_forms.BooleanField(
        label="Jeg samtykker i at dere henter opplysninger fra fastlegen",
        help_text="Du kan trekke det tilbake.",
    )


STEPS = (
    ("Levende lokalsamfunn", "Tilhørighet og trivsel", "none", (1, 2)),
    ("Aktivitet som forebygger", "Deltakelse og selvstendighet", "none", (1, 2)),
    ("Tidlig innsats", "Mestring i hverdagen", "none", (1, 2)),
    ("En hverdag med mening", "Opplæring, aktivitet og arbeid", "mixed", (1, 2, 3)),
    ("Bolig fra kommunen", "Utleieboliger med tilvisning og tildelingsrett", "required", (3,)),
    ("Leve godt hjemme", "Praktisk opplæring, bistand og familiestøtte", "required", (1, 2, 3)),
    ("Helsehjelp hjemme", "Målrettede og tidsbegrensede tiltak", "required", (1, 2, 3)),
    ("Boliger med fellesrom", "Samlokaliserte boliger med oppsøkende tjenester", "required", (3,)),
    ("Opphold for en tid", "Rehabilitering, avlastning og lindring", "required", (4,)),
    ("Boliger med døgntjenester", "Fellesareal og base for personalet", "required", (5,)),
    ("Institusjon", "Langtidsplass med pleie og behandling", "required", (6,)),
    ("Spesialiserte plasser", "Barnebolig og forsterkede plasser", "required", (5, 6)),
)
HOUSING = (
    ("Private boliger som varer livet ut", "Trinnfritt, nær det du trenger"),
    ("Private boliger med hindringer", "Trapp, bad eller adkomst som stenger"),
    ("Kommunale boliger uten fast bemanning", ""),
    ("Opphold for en tid", "I bolig eller institusjon"),
    ("Boliger med døgntjenester", ""),
    ("Institusjon", "Langtidsopphold"),
)


def example_ladders(effort: int = 12, housing: int = 6, *, counts: bool = False) -> Drawing:
    """Both ladders with so many steps; the counts are made up."""
    steps = []
    for index in range(effort):
        title, caption, decision, lives = STEPS[index % len(STEPS)]
        number = index + 1
        steps.append(
            StepView(
                number=number,
                title=title,
                caption=caption,
                decision=decision,  # type: ignore[arg-type]
                url=f"#trinn-{number}",
                services=tuple(
                    Link(f"Eksempeltjeneste {number}.{n}", "#tjeneste") for n in range(1, 2 + number % 3)
                ),
                usual_housing=tuple(n for n in lives if n <= housing),
                note="Velferdsteknologi og tilrettelegging av bolig hører også hjemme her."
                if number == 3
                else "",
                people=(number * 37) % 90 + 6 if counts and number > 2 else None,
                hours=Decimal(number * number * 7) if counts and number > 2 else None,
                kroner=Decimal(number * number * 612_000) if counts and number > 2 else None,
            )
        )
    homes = [
        HousingStepView(n + 1, *HOUSING[n % len(HOUSING)], people=4200 // (n * n * 3 + 1) if counts else None)
        for n in range(housing)
    ]
    return draw(steps, homes)


def examples() -> dict[str, Any]:
    now = site_now()
    return {
        "now": now,
        "yesterday": now - timedelta(days=3),
        "soon": now + timedelta(days=2),
        "later": now + timedelta(days=20),
        "amount": Decimal("182300"),
        "loss": Decimal("-4200.5"),
        "crumbs": [Crumb("Forside", "/"), Crumb("Saker", "#saker"), Crumb("Sak 2026-0012")],
        "steps": form_steps(["Hvem gjelder det?", "Hva er viktig?", "Hverdagen", "Oppsummering"], 2, ["#1"]),
        "tabs": [
            Tab("Oversikt", "#oversikt", current=True),
            Tab("Vurdering", "#vurdering"),
            Tab("Tidslinje", "#tidslinje", count=12),
            Tab("Dokumenter", "#dokumenter", count=0),
        ],
        "rows": [
            SummaryRow("Hva er viktig for deg?", "Å kunne gå til butikken selv.", "#endre"),
            SummaryRow("Hvem har du rundt deg?", "En datter i nabokommunen", "#endre"),
            SummaryRow("Telefon", ""),
        ],
        "timeline": [
            TimelineEntry(
                now, "Vedtaket er sendt", "Du får hjemmesykepleie.", "Sara Saksbehandler", "#", "letter"
            ),
            TimelineEntry(
                now - timedelta(days=4), "Kartleggingssamtale hjemme", "", "Tildelingsenheten", "", "house"
            ),
            TimelineEntry(now - timedelta(days=9), "Henvendelsen er mottatt", icon="inbox", color="success"),
        ],
        "icons": sorted(icon_names()),
        "page": Paginator(range(240), 20).page(5),
    }
