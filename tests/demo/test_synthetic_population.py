"""The synthetic municipality: the published figures, synthetic numbers, the same people from a seed."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from trinnvis.demo import cast
from trinnvis.demo.figures import POPULATION_DATE, shipped_figures, sources
from trinnvis.demo.housing import OUTSIDE, SCATTERED
from trinnvis.demo.population import draw_population
from trinnvis.people.identity import birth_date_of, check_identity_number
from trinnvis.people.models import Person

FIGURES = shipped_figures()
LARGE_FILES = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="module", params=[1, 20260101])
def population(request):
    return draw_population(FIGURES, request.param)


@pytest.fixture(scope="module")
def homes(population):
    """Household → places of its members."""
    found = defaultdict(list)
    for place, person in enumerate(population.register.people):
        found[person.household].append(place)
    return found


def test_every_year_of_age_has_exactly_the_published_number(population):
    drawn = Counter(
        Person(birth_date=p.birth_date).age_on(POPULATION_DATE) for p in population.register.people
    )
    assert drawn == {group.age: group.persons for group in FIGURES.population}
    assert drawn.total() == 9463


def test_the_sexes_are_shared_out_as_the_figures_say(population):
    women = Counter(
        age for age, p in zip(population.ages, population.register.people, strict=True) if p.sex == "female"
    )
    assert women == Counter({group.age: group.female for group in FIGURES.population if group.female})


def test_every_identity_number_is_synthetic_valid_and_its_owners_alone(population):
    numbers = [person.identity_number for person in population.register.people]
    assert len(set(numbers)) == len(numbers)
    for person in population.register.people:
        number = check_identity_number(person.identity_number, synthetic_allowed=True)
        assert int(number[2:4]) > 80
        assert birth_date_of(number) == person.birth_date
        assert int(number[8]) % 2 == (person.sex == "male")


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first, again, other = (draw_population(FIGURES, seed).digest() for seed in (7, 7, 8))
    assert first == again != other


def test_everybody_is_housed_and_no_two_households_share_a_dwelling(population, homes):
    register = population.register
    assert all(person.household is not None for person in register.people)
    assert len(set(register.households)) == len(register.households) == len(homes)
    addresses = Counter((d.address, d.postal_code) for d in register.dwellings)
    assert addresses.most_common(1)[0][1] == 1
    assert 3900 <= len(register.households) <= 4200


def test_the_settlements_have_the_people_that_are_published_and_the_rest_live_spread(population):
    drawn = Counter(population.dwelling_of(p).settlement for p in range(len(population.ages)))
    drawn[SCATTERED] += drawn.pop(OUTSIDE)
    published = {one.name: one.persons for one in FIGURES.settlements if one.name != SCATTERED}
    assert published == {"Lunner": 974, "Roa": 978, "Grua": 1623, "Harestua": 2498}
    assert {name: drawn[name] for name in published} == published
    assert drawn.total() == FIGURES.persons


def test_the_municipal_stock_stands_on_its_housing_steps(population):
    lived_in = Counter(population.register.dwellings[d].housing_step for d in population.register.households)
    stock = Counter(d.housing_step for d in population.register.dwellings if d.municipal)
    assert stock == {3: 40, 4: 16, 5: 36, 6: 43}
    assert {step: lived_in[step] for step in (3, 4, 5, 6)} == {3: 36, 4: 0, 5: 34, 6: 43}
    assert lived_in[1] > 900 and lived_in[2] > lived_in[1]


def test_no_child_lives_without_an_adult_and_parents_are_older(population, homes):
    for members in homes.values():
        ages = [population.ages[place] for place in members]
        assert min(ages) >= 18 or max(ages) >= 18
    for kin in population.register.kin:
        if kin.relation in ("mor", "far"):
            assert population.ages[kin.relative] - population.ages[kin.person] >= 16


def test_every_minor_has_a_parent_who_may_act_until_the_child_is_18(population):
    acting = defaultdict(list)
    for mandate in population.register.mandates:
        if mandate.kind == "parent":
            acting[mandate.principal].append(mandate)
    for place, age in enumerate(population.ages):
        if age >= 18:
            assert place not in acting
            continue
        people = population.register.people
        assert acting[place]
        for mandate in acting[place]:
            assert people[mandate.representative].household == people[place].household
            assert people[place].birth_date <= mandate.valid_from < mandate.valid_to
            assert Person(birth_date=people[place].birth_date).age_on(mandate.valid_to) == 17


def test_ties_point_at_two_people_and_each_has_one_nearest(population):
    nearest = Counter(kin.person for kin in population.register.kin if kin.is_nearest)
    assert set(nearest.values()) == {1}
    assert set(nearest) == {kin.person for kin in population.register.kin}
    for tie in (*population.register.kin, *population.register.mandates):
        one, other = (
            (tie.person, tie.relative) if hasattr(tie, "person") else (tie.principal, tie.representative)
        )
        assert one != other
    old = [place for place, age in enumerate(population.ages) if age >= 67]
    assert sum(place in nearest for place in old) > 0.8 * len(old)


def test_some_mandates_are_over_so_that_access_has_something_to_refuse(population):
    given = [m for m in population.register.mandates if m.kind == "power_of_attorney"]
    assert any(m.revoked_at for m in given)
    assert any(m.valid_to and m.valid_to < POPULATION_DATE for m in given)
    assert any(not m.revoked_at and not m.valid_to for m in given)


def test_the_cast_lives_where_its_story_says(population):
    def person(subject):
        return population.register.people[population.logins[subject]]

    ingrid, odd = person("ingrid"), person("odd")
    assert (ingrid.given_name, population.ages[population.logins["ingrid"]]) == ("Ingrid", 72)
    assert ingrid.household == odd.household
    assert population.dwelling_of(population.logins["ingrid"]).settlement == "Grua"
    assert population.ages[population.logins["johs"]] == 70
    assert {"ingrid", "odd", "johs", "eirik", "marte", "emil", "anne", "tone", "fremmed"} == set(
        population.logins
    )
    assert not any(kin.person == population.logins["fremmed"] for kin in population.register.kin)
    assert not any(kin.relative == population.logins["fremmed"] for kin in population.register.kin)


def test_the_login_table_names_every_role_and_is_unambiguous():
    people = cast.people()
    assert len({member.subject for member in people}) == len(people)
    assert all(member.who and member.try_this for member in people)
    roles = {role for employee in cast.STAFF for role, _ in employee.roles}
    assert roles == {
        "intake", "case_worker", "decision_maker", "lawyer", "provider", "manager", "economist", "planner",
        "politician", "administrator",
    }  # fmt: skip
    assert {"sara", "bjorn", "unni", "leif", "planke", "jorunn", "eva", "tor", "astrid", "adam"} <= {
        member.subject for member in people if member.door == "desk"
    }


def test_every_table_says_where_it_comes_from():
    for name, source in sources().items():
        assert {"what", "source", "year", "licence", "status"} <= set(source), name
    folder = Path(cast.__file__).parent / "figures"
    assert {path.name for path in folder.glob("*.csv")} <= set(sources())


@pytest.mark.shared
def test_the_shipped_ages_equal_the_published_file():
    published = LARGE_FILES / "population" / "ssb07459_lunner_3234_age_2005_2026.csv"
    with published.open() as rows:
        expected = {int(row["age"]): int(row["2026"]) for row in csv.DictReader(rows) if row["2026"] != "0"}
    assert {group.age: group.persons for group in FIGURES.population} == expected


@pytest.mark.shared
def test_the_shipped_care_figures_equal_the_published_file():
    with (LARGE_FILES / "care_use" / "ssb_care_panel_lunner_peers_2007_2025.csv").open() as rows:
        row = next(r for r in csv.DictReader(rows) if (r["name"], r["year"]) == ("Lunner", "2025"))
    shipped = {(care.group, care.age_from): care.persons for care in FIGURES.care}
    assert shipped["home_care", 0] == int(row["homecare_users_0_66"])
    assert shipped["home_care", 80] == int(row["homecare_users_80p"])
    assert shipped["long_term", 67] == int(row["longterm_inst_67_79"])
    assert shipped["long_term", 80] == int(row["longterm_inst_80p"])
    for group, column in (
        ("home_care", "homecare_users_total"),
        ("long_term", "longterm_inst_total"),
        ("housing_24h", "housing_24h_staffed_users"),
    ):
        assert sum(care.persons for care in FIGURES.receivers(group)) == int(row[column])


def test_birthdays_spread_over_the_year(population):
    months = Counter(p.birth_date.month for p in population.register.people)
    assert len(months) == 12 and min(months.values()) > 500
    assert all(date(1900, 1, 1) < p.birth_date < POPULATION_DATE for p in population.register.people)
