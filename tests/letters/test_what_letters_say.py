"""What a letter says is so: the law, the body, the fee, the days and the words are those of this decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cast import NOW, citizen, employee, person_of
from journey import REVIEW, START, Players, answer_all_criteria, approved, drafted, line_of

from trinnvis.casework.errors import Incomplete
from trinnvis.casework.models import Case
from trinnvis.casework.queries.alternatives import comparison
from trinnvis.delivery.services.setup import save_area
from trinnvis.letters.content import LetterContent, Section, from_json
from trinnvis.letters.services import send_decision
from trinnvis.people.models import Dwelling, Household, Mandate
from trinnvis.people.services import give_mandate
from trinnvis.policy.model import Policy

NOT_HEALTH = {"helsehjelp": "nei"}
WAITING = {"plass-na": "nei"}
REFUSAL = {"kind": "refusal", "goal": "", "starts_on": None, "ends_on": None, "review_on": None}


def sent(case: Case, players: Players) -> LetterContent:
    """The first of the letters about the case's decision."""
    approved(case, players)
    letter, *_others = send_decision(number=case.number, actor=players.worker, now=NOW)
    return from_json(letter.content)


def granted(players: Players, service: str, **more: object) -> LetterContent:
    return sent(drafted(players, service, "praktisk-bistand", **more), players)


def refused(players: Players, policy: Policy, service: str, reason: str, **more: object) -> LetterContent:
    line = replace(line_of(policy, service), granted=False, reason=reason)
    said = {"refused": "Du får ikke dette nå.", "lines": (line,), **REFUSAL, **more}
    return sent(drafted(players, service, "praktisk-bistand", **said), players)


def section(content: LetterContent, heading: str) -> Section:
    return next(each for each in content.sections if each.heading == heading)


def text(each: Section) -> str:
    return "\n".join((*each.paragraphs, *each.bullets)).replace("\u00a0", " ")


def test_the_body_that_decides_complaints_is_named(players: Players, policy: Policy) -> None:
    content = granted(players, "hjemmesykepleie")
    assert policy.municipality.appeal_body.endswith("Oslo og Akershus")
    assert f"sender vi klagen til {policy.municipality.appeal_body}" in text(section(content, "Du kan klage"))


def test_an_alarm_that_is_health_care_has_its_law_its_weeks_and_no_fee(
    players: Players, policy: Policy
) -> None:
    content = granted(players, "trygghetsalarm")
    law = text(section(content, "Reglene vi har brukt"))
    assert "§ 3-2 første ledd nr. 6 bokstav a" in law
    assert "Lokal ordning" not in law
    assert "innen 4 uker" in text(section(content, "Du kan klage"))
    assert section(content, "Hva det koster deg").bullets == (
        "Trygghetsalarm: Gratis, fordi alarmen er helsehjelp.",
    )


def test_an_alarm_by_local_custom_follows_the_municipalitys_own_rules(
    players: Players, policy: Policy
) -> None:
    content = granted(players, "trygghetsalarm", answers=NOT_HEALTH)
    (law,) = section(content, "Reglene vi har brukt").bullets
    assert law.startswith("Lokal ordning, kommunens egne regler: ")
    assert "innen 3 uker" in text(section(content, "Du kan klage"))
    assert "390 kr i måneden" in text(section(content, "Hva det koster deg"))


@pytest.mark.parametrize(("answers", "free"), [(None, True), (NOT_HEALTH, False)])
def test_the_comparison_counts_no_fee_for_what_is_free(
    players: Players, policy: Policy, answers: dict[str, str] | None, free: bool
) -> None:
    case = drafted(players, "trygghetsalarm", "praktisk-bistand", answers=answers)
    chosen, _other = comparison(case, players.worker, NOW).alternatives
    assert (chosen.figures.result.sums.week.fee == 0) is free


def test_law_for_those_who_cannot_consent_is_cited_for_them_only(players: Players, policy: Policy) -> None:
    assert "§ 4-6 a" not in text(section(granted(players, "gps"), "Reglene vi har brukt"))
    others = replace(players, citizen=citizen("Berit"))
    content = granted(others, "gps", answers={"samtykke": "uten-kompetanse"})
    assert "§ 4-6 a" in text(section(content, "Reglene vi har brukt"))


@pytest.mark.parametrize(("answer", "told"), [("nei", False), ("livets-slutt", True)])
def test_the_last_days_are_spoken_of_only_where_they_are(
    players: Players, policy: Policy, answer: str, told: bool
) -> None:
    stay = {"lines": (line_of(policy, "korttid-annet", "14"),)}
    content = granted(players, "korttid-annet", answers={"haster": answer}, **stay)
    assert content.title == "Du får korttidsopphold"
    assert ("En døende" in text(section(content, "Reglene vi har brukt"))) is told


def test_a_place_refused_now_with_the_waiting_list_is_two_answers(players: Players, policy: Policy) -> None:
    content = refused(players, policy, "langtidsplass", "", answers=WAITING)
    assert content.title == "Du får ikke langtidsplass nå, men står på venteliste"
    both = text(section(content, "Plass nå og venteliste"))
    assert "Plass nå: Svaret er nei." in both
    assert "Venteliste: Svaret er ja." in both
    assert "klage på svaret om plass nå, på svaret om venteliste, eller på begge" in both
    assert "gå til venteliste" not in str(content)
    assert not any(each.heading == "Dette kan du bruke nå" for each in content.sections)


def test_help_while_one_waits_says_that_too(players: Players, policy: Policy) -> None:
    place = replace(line_of(policy, "langtidsplass"), granted=False)
    lines = (line_of(policy, "hjemmesykepleie"), place)
    part = {"kind": "part", "refused": "Du får ikke langtidsplass nå.", "lines": lines}
    case = drafted(players, "langtidsplass", "hjemmesykepleie", answers=WAITING, **part)
    answer_all_criteria(case, players)
    content = sent(case, players)
    assert content.title.startswith("Du får helsehjelp hjemme")
    assert content.title.endswith("og står på venteliste for langtidsplass")
    assert section(content, "Dette får du ikke").bullets == ()


def test_another_answer_than_the_criteria_point_to_is_told_why(players: Players, policy: Policy) -> None:
    with pytest.raises(Incomplete) as lacking:
        refused(players, policy, "langtidsplass", "  ")
    assert [missing.field for missing in lacking.value.missing] == ["lines-0-reason"]
    others = replace(players, citizen=citizen("Berit"))
    content = refused(others, policy, "langtidsplass", "Du har selv sagt at du vil bo hjemme.")
    assert "Grunnen er denne: Du har selv sagt" in text(section(content, "Kriteriene for langtidsplass"))


def test_a_yes_the_criteria_do_not_point_to_is_told_why(players: Players, policy: Policy) -> None:
    line, no = line_of(policy, "dagaktivitet-demens", "2"), {"demens": "nei"}
    with pytest.raises(Incomplete) as lacking:
        granted(players, "dagaktivitet-demens", answers=no, lines=(line,))
    assert [missing.field for missing in lacking.value.missing] == ["lines-0-reason"]
    others, why = replace(players, citizen=citizen("Berit")), "Du er redd for å miste hukommelsen."
    content = granted(others, "dagaktivitet-demens", answers=no, lines=(replace(line, reason=why),))
    told = section(content, "Kriteriene for dagaktivitet for personer med demens").paragraphs
    assert told == (f"Svaret vårt er et annet enn kriteriene peker mot. Grunnen er denne: {why}",)


def days(policy: Policy, first: date, last: date) -> dict[str, object]:
    line = replace(line_of(policy, "hjemmesykepleie"), starts_on=first, ends_on=last)
    return {"starts_on": first, "ends_on": last, "review_on": None, "lines": (line,)}


def test_help_that_has_begun_is_told_as_begun(players: Players, policy: Policy) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    content = granted(players, "hjemmesykepleie", **days(policy, yesterday, REVIEW))
    assert "Hjelpen startet 15. november 2026." in content.lead[0].replace("\u00a0", " ")
    assert "Hjelpen er i gang." in text(section(content, "Hva skjer nå?"))
    assert "innen 15. november" not in str(content).replace("\u00a0", " ")


def test_help_that_is_over_is_told_as_over(players: Players, policy: Policy) -> None:
    first, last = NOW.date() - timedelta(days=5), NOW.date() - timedelta(days=1)
    content = granted(players, "hjemmesykepleie", **days(policy, first, last))
    assert content.title == "Du fikk helsehjelp hjemme (hjemmesykepleie)"
    assert "Hjelpen varte fra" in text(section(content, "Hvor lenge"))
    assert "Perioden er over" in text(section(content, "Hva skjer nå?"))


def test_help_that_begins_today_is_yet_to_come(players: Players, policy: Policy) -> None:
    content = granted(players, "hjemmesykepleie", **days(policy, NOW.date(), REVIEW))
    assert "Hjelpen starter" in content.lead[0]


def test_a_decision_does_not_begin_before_anything_it_grants(players: Players, policy: Policy) -> None:
    late = replace(line_of(policy, "hjemmesykepleie"), starts_on=START + timedelta(days=9))
    with pytest.raises(Incomplete) as lacking:
        granted(players, "hjemmesykepleie", lines=(late,))
    assert [missing.field for missing in lacking.value.missing] == ["starts_on"]


def test_a_decision_is_not_reviewed_after_all_it_grants_is_over(players: Players, policy: Policy) -> None:
    short = replace(line_of(policy, "hjemmesykepleie"), ends_on=REVIEW - timedelta(days=1))
    with pytest.raises(Incomplete) as lacking:
        granted(players, "hjemmesykepleie", ends_on=None, lines=(short,))
    assert [missing.field for missing in lacking.value.missing] == ["review_on"]


def test_a_period_left_open_ends_with_the_lines(players: Players, policy: Policy) -> None:
    content = granted(players, "hjemmesykepleie", ends_on=None)
    assert "til 1. juni 2027" in text(section(content, "Hvor lenge"))
    assert "ingen sluttdato" not in str(content)


def test_a_service_with_days_of_its_own_is_told(players: Players, policy: Policy) -> None:
    long = line_of(policy, "hjemmesykepleie", ends_on=None)
    short = replace(long, ends_on=date(2027, 3, 31))
    content = granted(players, "hjemmesykepleie", ends_on=None, lines=(long, short))
    how_long = text(section(content, "Hvor lenge"))
    assert "har ingen sluttdato" in how_long
    assert "gjelder fra 1. desember 2026 til 31. mars 2027." in how_long


def test_parents_read_whose_decision_it_is(players: Players, policy: Policy) -> None:
    child, mother = citizen("Nora", date(2018, 5, 1)), citizen("Mor")
    give_mandate(
        principal=person_of(child),
        representative=person_of(mother),
        kind=Mandate.Kind.PARENT,
        scopes=[Mandate.Scope.READ],
        valid_from=date(2018, 5, 1),
    )
    home = {"lines": (line_of(policy, "barnebolig", "1"),)}
    content = granted(replace(players, citizen=child), "barnebolig", **home)
    assert content.recipient_name == "Mor Prøve"
    assert content.title == "Nora får barnebolig"
    assert content.lead[0].startswith("Vi har behandlet saken til Nora. Svaret er ja: Nora får barnebolig.")


def test_criteria_are_told_to_the_citizen_one_service_at_a_time(players: Players, policy: Policy) -> None:
    lines = (line_of(policy, "hjemmesykepleie"),)
    content = granted(players, "hjemmesykepleie", lines=lines)
    told = section(content, "Kriteriene for helsehjelp hjemme (hjemmesykepleie)").bullets
    assert "Du trenger helsehjelp. Slik er det." in told
    assert not [bullet for bullet in told if "personen" in bullet or "?" in bullet]
    assert not section(content, "Slik har vi vurdert").bullets


def test_the_base_that_serves_the_home_is_named_with_a_number(
    players: Players, policy: Policy, intake_unit: str
) -> None:
    planner = employee("Planke", "planner", intake_unit)
    save_area(
        policy=policy,
        service="hjemmesykepleie",
        settlement="Roa",
        unit="hjemmetjenesten-roa",
        revision=0,
        actor=planner,
        now=NOW,
    )
    dwelling = Dwelling.objects.create(
        address="Roalinna 1", postal_code="2740", postal_place="Roa", settlement="Roa", housing_step=1
    )
    person = person_of(players.citizen)
    person.household = Household.objects.create(dwelling=dwelling)
    person.save()
    (who,) = section(granted(players, "hjemmesykepleie"), "Hva skjer nå?").bullets
    assert who.startswith("Hjemmetjenesten, base Roa, ")
    assert f"telefon {policy.municipality.phone}" in who


def test_a_no_names_what_one_can_use_without_applying(players: Players, policy: Policy) -> None:
    content = refused(
        players, policy, "trygghetsalarm", "Du ringer selv.", answers={**NOT_HEALTH, "behov": "nei"}
    )
    offers = section(content, "Dette kan du bruke nå").bullets
    assert [offer.partition(":")[0] for offer in offers] == [
        policy.service(code).title for code in policy.service("trygghetsalarm").instead
    ]
    assert all(policy.municipality.phone in offer for offer in offers)
