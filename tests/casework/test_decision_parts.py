"""What a decision lacks is named part by part; nothing incomplete goes on, and nothing stops a draft."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import process_time

import pytest
from deciding import GRANT, HELP, NURSING, PART, REFUSAL, REFUSED_PLACE, SOON, TODAY
from hypothesis import given
from hypothesis import strategies as st
from small_policy import basis, small_policy

from trinnvis.casework.rules.decision import Draft, missing_parts
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.rules.wording import in_own_words, money_words

POLICY = small_policy()
ANSWERED = {"praktisk-bistand"}


def fields(draft, policy=POLICY, on=TODAY, reached=ANSWERED) -> set[str]:
    return {missing.field for missing in missing_parts(draft, policy, on, criteria_reached=reached)}


@pytest.mark.parametrize("draft", [GRANT, PART, REFUSAL], ids=["grant", "part", "refusal"])
def test_a_whole_decision_lacks_nothing(draft):
    assert fields(draft) == set()


@pytest.mark.parametrize("part", ["citizen_wish", "wish_weighed", "goal", "reasons"])
def test_each_text_is_asked_for(part):
    assert fields(replace(GRANT, **{part: "  \n"})) == {part}


def test_the_facts_may_stand_in_the_assessment():
    assert fields(replace(GRANT, facts="")) == set()


def test_a_wish_repeated_is_not_a_wish_weighed():
    assert fields(replace(GRANT, wish_weighed=GRANT.citizen_wish)) == {"wish_weighed"}


def test_a_start_is_asked_for():
    assert fields(replace(GRANT, starts_on=None)) == {"starts_on"}


def test_an_end_or_a_day_for_review_is_asked_for():
    assert fields(replace(GRANT, review_on=None)) == {"ends_on"}
    assert fields(replace(GRANT, review_on=None, ends_on=date(2027, 1, 31))) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": SOON - timedelta(1)}, "ends_on"),
        ({"review_on": SOON - timedelta(1)}, "review_on"),
        ({"ends_on": date(2027, 1, 1), "review_on": date(2027, 1, 2)}, "review_on"),
        ({"starts_on": SOON + timedelta(1)}, "lines-0-starts_on"),
        (
            {
                "lines": (replace(HELP, ends_on=date(2027, 6, 1)),),
                "ends_on": date(2027, 5, 31),
                "review_on": None,
            },
            "lines-0-ends_on",
        ),
    ],
)
def test_dates_must_be_in_order(change, field):
    assert field in fields(replace(GRANT, **change))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": None}, "lines-0-amount"),
        ({"unit": ""}, "lines-0-unit"),
        ({"step": None}, "lines-0-step"),
        ({"service": ""}, "lines-0-service"),
        ({"service": "finnes-ikke"}, "lines-0-service"),
        ({"step": 3}, "lines-0-step"),
        ({"unit": "days"}, "lines-0-unit"),
        ({"amount": Decimal(169)}, "lines-0-amount"),
        ({"starts_on": None}, "lines-0-starts_on"),
    ],
)
def test_the_extent_of_each_granted_line_is_asked_for(change, field):
    assert field in fields(replace(GRANT, lines=(replace(HELP, **change),)))


def test_a_grant_needs_something_granted_and_holds_nothing_refused():
    assert fields(replace(GRANT, lines=())) == {"lines"}
    assert fields(replace(GRANT, lines=(HELP, REFUSED_PLACE))) == {"kind"}
    assert fields(replace(GRANT, refused="Ikke vindusvask.")) == {"kind"}


def test_a_refusal_says_what_is_refused_and_why_and_grants_nothing():
    assert fields(replace(REFUSAL, refused="")) == {"refused"}
    assert fields(replace(REFUSAL, lines=())) == {"lines"}
    assert fields(replace(REFUSAL, lines=(REFUSED_PLACE, HELP))) == {"kind"}
    assert fields(replace(REFUSAL, lines=(Line(granted=False),))) == {"lines-0-service"}


def test_a_part_says_what_is_refused_and_grants_something():
    assert fields(replace(PART, refused=" ")) == {"refused"}
    assert fields(replace(PART, lines=(REFUSED_PLACE,))) == {"lines"}
    assert fields(replace(PART, lines=(HELP,))) == set()  # fewer hours than asked for is a part too


def test_a_kind_nobody_knows_is_refused():
    assert "kind" in fields(replace(GRANT, kind="kanskje"))


def test_a_refusal_still_hears_the_citizen():
    assert fields(replace(REFUSAL, citizen_wish="", wish_weighed="")) == {"citizen_wish", "wish_weighed"}


def test_criteria_not_answered_stand_in_the_way_of_yes_and_of_no():
    assert fields(GRANT, reached=set()) == {"lines-0-service"}
    no = replace(REFUSAL, lines=(Line("praktisk-bistand", granted=False),))
    assert fields(no, reached=set()) == {"lines-0-service"}
    assert fields(replace(GRANT, lines=(NURSING,)), reached=set()) == set()


def test_the_law_must_be_in_force_on_the_day():
    ended = small_policy(legal_bases=(basis("helse", "klage-4", valid_to=TODAY - timedelta(1)),))
    assert fields(GRANT, ended) == {"lines-0-service"}
    assert fields(GRANT, ended, on=TODAY - timedelta(1)) == set()
    assert fields(GRANT, small_policy(legal_bases=())) == {"lines-0-service"}


def test_a_service_by_local_custom_needs_no_law():
    alarm = Line("alarm", 1, Decimal(1), "pieces", SOON)
    assert fields(replace(GRANT, lines=(alarm,)), small_policy(legal_bases=())) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Innvilges.",
        "Ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok",
        "Vi har vurdert søknaden din etter kommunens kriterier og loven.",
        "VI HAR VURDERT SØKNADEN DIN\netter kommunens kriterier, og loven",
        "Klarer du dette selv etter opplæring og med hjelpemidler? Nei",
        "Kommunen skal gi nødvendig helse til deg som ikke klarer deg selv.",
        "Deg som trenger hjelp i hverdagen og ikke klarer dette selv. Innvilges derfor.",
        GRANT.citizen_wish + " " + GRANT.facts,
    ],
)
def test_standard_text_is_not_a_reason(text):
    assert fields(replace(GRANT, reasons=text)) == {"reasons"}


def test_standard_text_beside_own_words_is_fine():
    text = "Vi har vurdert søknaden din etter kommunens kriterier og loven. " + GRANT.reasons
    assert fields(replace(GRANT, reasons=text)) == set()


@pytest.mark.parametrize(
    "words",
    [
        "Det koster 12 000 kr i året.",
        "Det koster kr 500 uka.",
        "Prisen er kr. 500.",
        "Prisen er 1 500,- i måneden.",
        "Prisen er NOK 900.",
        "Det blir 2,5 millioner kroner.",
        "Det er 40\u00a0000 kroner mer.",
        "Kommunens økonomi tillater det ikke.",
        "Budsjettet er brukt opp.",
        "Av budsjetthensyn får du mindre.",
        "Kostnadene er for høye.",
        "Det gir merkostnader for tjenesten.",
        "Vi har ikke kapasitet nå.",
        "KAPASITETEN er full.",
        "Dette er den billigste løsningen.",
        "Kommunens økonomiske situasjon er stram.",
        "Sparekravet gjør at vi må si nei.",
        "Det er dyrere enn hjelp hjemme.",
        "Det blir for dyrt.",
        "Det ville kostet kommunen 2 millioner.",
        "Bemanningssituasjonen gjør at vi må si nei.",
        "Vi har ikke plass. Det er ingen ledige plasser.",
    ],
)
@pytest.mark.parametrize("part", ["reasons", "refused", "wish_weighed"])
def test_money_carries_no_decision(words, part):
    text = f"{getattr(PART, part)} {words}"
    assert fields(replace(PART, **{part: text})) == {part}


def test_money_in_the_reason_of_a_line_is_found_too():
    line = replace(REFUSED_PLACE, reason="En plass koster 1,2 millioner kroner.")
    (missing,) = missing_parts(replace(PART, lines=(HELP, line)), POLICY, TODAY, criteria_reached=ANSWERED)
    assert missing.field == "lines-1-reason"
    assert "«1,2 millioner kroner»" in missing.message


@pytest.mark.parametrize(
    "words",
    [
        "Du trenger hjelp til å styre din økonomi.",
        "Hun har god oversikt over egen økonomi.",
        "Hans kognitive kapasitet er nedsatt, og din kapasitet er liten.",
        "Du mister oversikten over økonomien din. Hun trenger økonomisk rådgivning og råd om økonomi.",
        "Budsjettet ditt er vanskelig å følge, og du har tre dyr.",
        "Det er ikke plass til rullator på badet.",
        "Lungekapasiteten er halvert, og samtykkekompetansen er vurdert.",
        "Dine egne ressurser og nettverket ditt er brukt.",
        "Du får hjelp 3 ganger i uka i 12 uker fra 2026.",
        "Hun har mange husdyr og bor i Kronborg.",
        "Krystallsyke gjør henne svimmel. Tannkroner er ikke tema.",
        "Fallet skjedde 12. mars, og krise ble unngått.",
    ],
)
def test_the_citizens_own_means_may_be_named(words):
    assert money_words(words) == ()


@pytest.mark.parametrize("text", ["1 ", "1", "a", "1.,", "egen ", "ø", "12 000 ", "kr "])
def test_a_full_field_of_anything_is_judged_at_once(text):
    started = process_time()
    money_words(text * (10_000 // len(text)))
    assert process_time() - started < 2


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_judged(text):
    money_words(text)
    in_own_words(text, [text, "", "   "])
    assert not in_own_words(text, [text]) or len(text) < 20


lines = st.builds(
    Line,
    service=st.sampled_from(["", "finnes-ikke", *(s.code for s in POLICY.services)]),
    step=st.none() | st.integers(-1, 20),
    amount=st.none() | st.decimals(allow_nan=True, allow_infinity=True),
    unit=st.sampled_from(["", "bananer", "hours_per_week", "days", "pieces"]),
    starts_on=st.none() | st.dates(),
    ends_on=st.none() | st.dates(),
    granted=st.booleans(),
    reason=st.text(max_size=20),
)
dates = st.none() | st.dates()
drafts = st.builds(
    Draft,
    kind=st.sampled_from(["grant", "part", "refusal", "", "x"]),
    citizen_wish=st.text(max_size=20),
    reasons=st.text(max_size=80),
    refused=st.text(max_size=20),
    starts_on=dates,
    ends_on=dates,
    review_on=dates,
    lines=st.lists(lines, max_size=3).map(tuple),
)


@given(drafts)
def test_any_draft_can_be_judged_and_a_faultless_one_can_be_priced(draft):
    missing = fields(draft)
    assert all(isinstance(field, str) and field for field in missing)
    for i, line in enumerate(draft.lines):
        if line.granted and not any(field.startswith(f"lines-{i}-") for field in missing):
            assert line.priced().amount > 0


def lost(draft: Draft) -> dict[str, str]:
    told = missing_parts(draft, POLICY, TODAY, criteria_reached=ANSWERED)
    return {missing.field: missing.message for missing in told}


def test_characters_the_letter_cannot_show_are_told_field_by_field():
    line = replace(REFUSED_PLACE, reason=f"{REFUSED_PLACE.reason} \ue123")
    told = lost(replace(PART, goal=f"{PART.goal} 你好你", facts="ა 😀", lines=(HELP, line)))
    assert set(told) == {"goal", "facts", "lines-1-reason"}
    assert told["goal"].startswith("Målet har tegn som brevet ikke kan vise: «你», «好».")
    assert told["facts"].startswith("Opplysningene har tegn som brevet ikke kan vise: «ა».")
    assert "«U+E123»" in told["lines-1-reason"]


@pytest.mark.parametrize("part", ["citizen_wish", "wish_weighed", "goal", "facts", "reasons", "refused"])
def test_no_field_of_the_letter_is_left_out(part):
    assert fields(replace(PART, **{part: getattr(PART, part) + " 你"})) == {part}


def test_many_characters_are_told_by_the_first_of_them():
    told = lost(replace(GRANT, facts="一二三四五六七八九十"))["facts"]
    assert "«八» …" in told
    assert "九" not in told


@pytest.mark.parametrize(
    "said", ["😀 → ☐ ❤️", "Привіт", "أريد", "\uf0b7 punkt", "skjult\x1b\x07", "to\u200b ord"]
)
def test_what_the_letter_can_show_is_let_through(said):
    assert fields(replace(GRANT, facts=said)) == set()
