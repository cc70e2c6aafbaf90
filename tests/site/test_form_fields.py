"""The fields understand what people type, and say what to do when they cannot."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.utils import translation

from trinnvis.site import forms


@pytest.fixture(autouse=True)
def bokmal():
    with translation.override("nb"):
        yield


def error(field, value):
    with pytest.raises(django_forms.ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "text", ["22.11.2026", " 22.11.2026 ", "22/11-2026", "22 11 2026", "22112026", "2026-11-22"]
)
def test_dates_as_people_type_them(text):
    assert forms.NorwegianDateField().clean(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Skriv inn en dato"),
        ("22.11.26", "dag, måned og år"),
        ("i morgen", "dag, måned og år"),
        ("31.02.2026", "31.02.2026 finnes ikke"),
        ("22.11.0000", "finnes ikke"),
        ("१२.११.२०२६", "dag, måned og år"),
        ("<b>1</b>", "dag, måned og år"),
    ],
)
def test_dates_that_are_none_say_what_to_do(text, word):
    assert word in error(forms.NorwegianDateField(), text)


def test_dates_outside_the_limits_name_the_limit():
    field = forms.NorwegianDateField(earliest=date(2026, 1, 1), latest=lambda: date(2026, 12, 31))
    assert "1. januar 2026" in error(field, "31.12.2025").replace("\u00a0", " ")
    assert "31. desember 2026" in error(field, "01.01.2027").replace("\u00a0", " ")
    assert field.clean("01.01.2026") == date(2026, 1, 1)


def test_an_optional_date_may_be_empty():
    assert forms.NorwegianDateField(required=False).clean("  ") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("4,5", "4.5"), ("4.5", "4.5"), ("1 200,50", "1200.50"), ("1\u00a0200", "1200"), ("−3", "-3")],
)
def test_numbers_with_comma(text, value):
    assert forms.NorwegianDecimalField().clean(text) == Decimal(value)


@pytest.mark.parametrize("text", ["fire", "1,2,3", "NaN", "Infinity", "1e9", "٤", "4,"])
def test_what_is_no_number_is_refused_with_an_example(text):
    assert "for eksempel 4,5" in error(forms.NorwegianDecimalField(), text)


def test_numbers_have_limits_and_decimals_in_words():
    field = forms.NorwegianDecimalField(places=1, min_value=0, max_value=Decimal("37.5"))
    assert "0 eller høyere" in error(field, "-1")
    assert "37,5 eller lavere" in error(field, "38")
    assert "høyst 1 desimaler" in error(field, "1,25")


def test_a_number_is_shown_with_comma_again():
    class Hours(forms.Form):
        hours = forms.NorwegianDecimalField()

    assert 'value="4,5"' in str(Hours(initial={"hours": Decimal("4.50")})["hours"])


def eleven(text):
    digits = text.replace(" ", "")
    if len(digits) != 11:
        raise ValueError("Skriv inn fødselsnummeret med 11 siffer.")
    return digits


def test_identity_numbers_are_checked_by_the_function_given():
    field = forms.IdentityNumberField(check=eleven)
    assert field.clean("018650 10093") == "01865010093"
    assert error(field, "123") == "Skriv inn fødselsnummeret med 11 siffer."
    assert error(field, "") == "Skriv inn fødselsnummeret med 11 siffer."
    assert forms.IdentityNumberField(check=eleven, required=False).clean("") == ""


class Everything(forms.Form):
    wish = django_forms.CharField(label="Hva er viktig for deg?")
    phone = django_forms.CharField(label="Telefon", required=False)
    where = django_forms.ChoiceField(
        label="Hvor?",
        widget=django_forms.RadioSelect,
        choices=[("a", forms.Described("Hjemme", "Vi kommer til deg"))],
    )
    agree = django_forms.BooleanField(label="Jeg samtykker")
    own = django_forms.CharField(label="Årsak", error_messages={"required": "Skriv hvorfor."})


def test_required_messages_say_what_to_do_and_own_words_stand():
    form = Everything({})
    assert form.errors["wish"] == ["Fyll ut «Hva er viktig for deg»."]
    assert form.errors["where"] == ["Velg et svar under «Hvor»."]
    assert form.errors["agree"] == ["Kryss av for «Jeg samtykker»."]
    assert form.errors["own"] == ["Skriv hvorfor."]


def test_fields_are_drawn_with_labels_groups_help_and_errors_tied_together():
    html = str(Everything({"wish": "<script>"}))
    assert '<span class="tv-optional">(valgfritt)</span>' in html
    assert html.count("(valgfritt)") == 1
    assert "<legend" in html
    assert 'aria-describedby="id_where_0_beskrivelse"' in html
    assert "Vi kommer til deg" in html
    assert 'id="id_own_error"' in html
    assert 'aria-describedby="id_own_error"' in html
    assert " required" not in html
    assert "<script>" not in html
    assert "style=" not in html
