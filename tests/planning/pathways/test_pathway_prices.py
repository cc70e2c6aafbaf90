"""What a persona's pathways take, seen through the engine and the calculator side by side."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest

from trinnvis.planning.pathways.comparing import Comparison, compare
from trinnvis.planning.pathways.document import PathwayDocument, as_json
from trinnvis.planning.pathways.pricing import Choices, PriceList
from trinnvis.planning.pathways.reading import persona, personas, read_persona
from trinnvis.planning.pathways.schema import Kind, Payer
from trinnvis.policy.loading import load_folder
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.resources import ServiceLine, calculate
from trinnvis.trouble import Trouble

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_folder(str(files("trinnvis.policy").joinpath("lunner")))


@pytest.fixture(scope="module")
def prices(policy: Policy) -> PriceList:
    return PriceList.at(policy, ON)


@pytest.fixture(scope="module")
def johs(policy: Policy, prices: PriceList) -> Comparison:
    return compare(persona("johs", policy), prices)


def test_every_shipped_persona_is_priced_in_full(policy: Policy, prices: PriceList) -> None:
    held = personas(policy)
    assert {"johs", "ada", "sander", "grete", "astrid", "per"} <= held.keys()
    for one in held.values():
        found = compare(one, prices)
        assert [p.pathway.kind for p in found.priced] == list(Kind), one.code
        assert not any(p.unpriced for p in found.priced), one.code
        assert one.status == "eksempel"


def test_steps_and_payers_each_sum_to_the_whole(johs: Comparison) -> None:
    for priced in johs.priced:
        for year in priced.years:
            assert sum(a.nok for a in year.by_step.values()) == year.nok
            assert sum(a.nok for a in year.by_payer.values()) == year.nok
            assert sum(a.hours for a in year.by_step.values()) == year.hours
            assert year.by_payer[Payer.MUNICIPALITY].hours == year.hours


def test_johs_in_the_nursing_home_is_what_the_calculator_says(johs: Comparison, policy: Policy) -> None:
    """Seven months from his 87th birthday, and nothing else that year."""
    line = ServiceLine(
        "langtidsplass", Decimal(1), AmountUnit.PLACES, 11, date(2043, 11, 25), date(2044, 6, 24)
    )
    alone = calculate([line], policy, ON).sums.period
    last = johs.priced[0].years[-1]
    assert (last.age, last.housing_step) == (87, 6)
    assert float(last.nok) == pytest.approx(float(alone.gross), abs=0.01)
    assert float(last.hours) == pytest.approx(float(alone.hours), abs=0.01)


def test_more_months_in_the_nursing_home_shorten_the_time_before(policy: Policy, prices: PriceList) -> None:
    written = compare(persona("johs", policy), prices).priced[0]
    longer = compare(persona("johs", policy), prices, Choices({Kind.PROACTIVE: Fraction(24)})).priced[0]
    assert longer.nok > written.nok
    assert longer.years[-1].age == written.years[-1].age
    assert [y.nok for y in longer.years[:15]] == [y.nok for y in written.years[:15]]
    assert sum(y.part for y in longer.years) == sum(y.part for y in written.years)


def test_more_months_than_the_life_has_are_refused(policy: Policy, prices: PriceList) -> None:
    with pytest.raises(Trouble, match="kan ikke vare 400 måneder") as told:
        compare(persona("johs", policy), prices, Choices({Kind.NORMAL: Fraction(400)}))
    assert "høyst" in told.value.remedy


def test_months_come_first_in_what_the_answer_hangs_on(johs: Comparison) -> None:
    assert [s.code for s in johs.swings[:3]] == ["months.proactive", "months.normal", "months.reactive"]
    reaches = [swing.reach(johs.base) for swing in johs.swings[3:]]
    assert reaches == sorted(reaches, reverse=True)
    for swing in johs.swings:
        assert all(swing.low[kind] <= johs.base[kind] <= swing.high[kind] for kind in johs.base), swing.code


def test_a_price_at_its_end_is_what_the_whole_costs_at_that_price(johs: Comparison) -> None:
    """The swings are scaled; priced again with the other price they are the same to the last fraction."""
    swing = next(s for s in johs.swings if s.code == "price.langtidsplass")
    row = next(r for r in johs.priced[0].prices if r.service == "langtidsplass")
    other = Choices(prices={("langtidsplass", AmountUnit.PLACES): row.high})
    again = compare(johs.persona, johs.prices, other)
    assert {kind: float(nok) for kind, nok in again.base.items()} == pytest.approx(
        {kind: float(nok) for kind, nok in swing.high.items()}, rel=1e-9
    )


def test_nothing_is_discounted_unless_it_is_chosen(johs: Comparison) -> None:
    at_four = compare(johs.persona, johs.prices, Choices(discount=Fraction(4, 100)))
    for plain, less in zip(johs.priced, at_four.priced, strict=True):
        assert plain.hours == less.hours
        for ahead, (a, b) in enumerate(zip(plain.years, less.years, strict=True)):
            assert float(b.nok) == pytest.approx(float(a.nok) / 1.04**ahead)
            assert sum(x.nok for x in b.by_payer.values()) == b.nok


def test_the_document_has_the_agreed_shape_and_nothing_else(johs: Comparison) -> None:
    said = as_json(johs)
    PathwayDocument.model_validate(said)
    assert set(said) == {"persona", "price_year", "pathways", "assumptions"}
    for pathway in said["pathways"]:
        assert set(pathway) == {"kind", "years", "total_nok", "total_hours"}
        for year in pathway["years"]:
            assert set(year) == {"age", "nok", "hours", "by_step", "by_payer", "housing_step"}
        assert sum(y["nok"] for y in pathway["years"]) == pytest.approx(pathway["total_nok"], abs=0.2)
    assert [p["kind"] for p in said["pathways"]] == ["proactive", "normal", "reactive"]
    assert said["price_year"] == 2025
    assert said["assumptions"][0]["code"] == "months.proactive"
    assert all(each["source"] for each in said["assumptions"])


def small(**changes: str) -> bytes:
    """A whole persona in few lines; a change puts other text in a field's place."""
    said = {
        "born": "",
        "from": "from_age: 70",
        "service": "hjemmesykepleie",
        "unit": "hours_per_week",
        "amount": "2",
    }
    said |= {"end": "80", "housing": "1", "more": ""} | changes
    return f"""code: en
name: En
title: En (70)
about: Bor her
sex: female
from_age: 70{said["born"]}
source: test
status: eksempel
assumptions: [Til test]
citizen: {{question: Hva nå?, do_now: [Ring]}}
pathways:
  - kind: normal
    title: Normalt
    story: En historie
    to_age: {said["end"]}
    source: test
    status: eksempel
    episodes:
      - title: Hjemme
        {said["from"]}
        happened: Noe
        housing_step: {said["housing"]}{said["more"]}
        lines:
          - {{service: {said["service"]}, amount: {said["amount"]}, unit: {said["unit"]}}}
""".encode()


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"service": "hjemmesykepleia"}, 24, "hjemmesykepleia"),
        ({"unit": "places"}, 24, "Prislista har ikke pris på hjemmesykepleie"),
        ({"amount": "-2"}, 24, "utenfor det som er mulig"),
        ({"amount": "to"}, 24, "skal det stå et tall"),
        ({"housing": "9"}, 22, "Boligtrappa har ikke trinn 9"),
        ({"end": "60"}, 15, "Forløpet slutter ved 60 år"),
        ({"end": "106"}, 15, "utenfor det som er mulig"),
        ({"from": "from_age: 71"}, 20, "må begynne når personen er 70 år"),
        ({"from": "from_date: 2026-11-25"}, 20, "når personen er født"),
        ({"from": "from_date: 2026-11-25\n        from_age: 70"}, 19, "nøyaktig ett av"),
        ({"from": "from_age: -1"}, 20, "utenfor det som er mulig"),
        ({"unit": "hours_per_week", "amount": "400"}, 24, "mer enn en person kan bruke"),
        ({"more": "\n        colour: red"}, 23, "colour"),
        ({"more": "\n        next_of_kin_hours: 200"}, 23, "utenfor det som er mulig"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    policy: Policy, changes: dict[str, str], line: int, says: str
) -> None:
    with pytest.raises(Trouble, match="Personafila kan ikke brukes") as told:
        read_persona("en.yaml", small(**changes), policy)
    assert says in str(told.value)
    assert f"en.yaml{f':{line}' if line else ''}: " in str(told.value)


def test_a_whole_small_persona_is_read(policy: Policy, prices: PriceList) -> None:
    found = compare(read_persona("en.yaml", small(), policy), prices)
    hours = 2 * Fraction((date(2036, 11, 25) - ON).days, 7)
    assert found.priced[0].nok == hours * 960


def stay(value: int, low: int, high: int) -> str:
    return f"months: {{value: {value}, low: {low}, high: {high}, source: s, status: eksempel}}"


def episodes(*starts: str) -> bytes:
    """The small persona with an episode for each start."""
    one = small().decode()
    head, _, _ = one.partition("      - title: Hjemme")
    return (head + "".join(
        f"      - title: Nr {n}\n        {start}\n        happened: Noe\n        housing_step: 1\n"
        for n, start in enumerate(starts)
    )).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "line", "says"),
    [
        (("from_age: 70", "from_age: 75", "from_age: 73"), 28, "Episoder kan ikke overlappe"),
        (("from_age: 70", "from_age: 70"), 24, "Episoder kan ikke overlappe"),
        (("from_age: 70", stay(-3, 1, 9)), 24, "utenfor"),
        (("from_age: 70", stay(130, 1, 200)), 24, "ikke vare 130"),
        (("from_age: 70", stay(3, 5, 9)), 24, "ikke mellom"),
    ],
)  # fmt: skip
def test_episodes_that_do_not_fit_are_told_where_they_stand(
    policy: Policy, starts: tuple[str, ...], line: int, says: str
) -> None:
    with pytest.raises(Trouble) as told:
        read_persona("en.yaml", episodes(*starts), policy)
    assert says in str(told.value) and f"en.yaml:{line}: " in str(told.value)


def test_an_episode_from_a_date_begins_at_the_age_on_that_day(policy: Policy, prices: PriceList) -> None:
    dated = small(born="\nborn: 1950-03-01", **{"from": "from_date: 2020-03-01"})
    found = compare(read_persona("en.yaml", dated, policy), prices).priced[0]
    assert (found.spans[0].first, found.years[0].age, found.years[-1].age) == (70, 70, 79)
    assert found.nok == 2 * Fraction((date(2030, 3, 1) - date(2020, 3, 1)).days, 7) * 960


def test_an_unknown_persona_is_told_near_ones(policy: Policy) -> None:
    with pytest.raises(Trouble, match="ingen persona") as told:
        persona("jons", policy)
    assert "johs" in told.value.remedy
