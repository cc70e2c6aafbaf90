"""Each kind of fault in a policy folder is told with the right file, line and path, and what to do."""

# ruff: noqa: E501  (a table reads best with one row a line)

from typing import NamedTuple

import pytest
from policy.policy_folders import Copy

from trinnvis.policy.loading import check_folder


class Spoiled(NamedTuple):
    file: str
    old: str
    new: str
    at: str  # a text on the line where the fault is …
    path: str
    says: str
    alone: bool = True  # no other fault follows from it
    nth: int = 1  # … and which of the lines that hold it
    at_file: str = ""  # when the fault shows in another file


P, S, L, R, C, A, M, N = (
    f"{name}.yaml"
    for name in ("policy", "services", "law", "prices", "criteria", "assessment", "municipal", "needs")
)
TRAINING = "prices[trening visits_per_week 2024-01-01]"
WITH_NEXT = "next: trening\n            reason: optional\n"

SPOILED = {
    # the form of one row
    "a field is missing": Spoiled(S, "    title: Møtestedet\n", "", "code: motested", "services[motested].title", "mangler"),
    "a price without a source": Spoiled(R, "    source: Oppdiktet regnskap 2024\n", "", "service: trening", f"{TRAINING}.source", "«source» mangler"),
    "an empty source": Spoiled(R, "source: Oppdiktet regnskap 2024", 'source: " "', 'source: " "', f"{TRAINING}.source", "tomt"),
    "a misspelled field": Spoiled(S, "title: Møtestedet", "titel: Møtestedet", "titel:", "services[motested].titel", "«titel» finnes ikke"),
    "an unknown field": Spoiled(S, "    kpr:", "    farge: blå\n    kpr:", "farge:", "services[hjemmehjelp].farge", "«farge» finnes ikke"),
    "an unknown top field": Spoiled(M, "statements:", "statments:", "statments:", "statments", "«statments» finnes ikke", False),
    "a number where text should be": Spoiled(S, "title: Møtestedet", "title: 42", "title: 42", "services[motested].title", "skal det stå tekst, ikke «42»"),
    "text where a number should be": Spoiled(R, "nok: 410.50", "nok: gratis", "nok: gratis", f"{TRAINING}.nok", "skal det stå et tall, ikke «gratis»"),
    "a quoted number": Spoiled(R, "nok: 410.50", 'nok: "410.50"', "nok:", f"{TRAINING}.nok", "feil type"),
    "a decimal comma": Spoiled(R, "nok: 410.50", "nok: 410,50", "nok: 410,50", f"{TRAINING}.nok", "ikke «410,50»"),
    "a number that is none": Spoiled(R, "nok: 410.50", "nok: NaN", "nok: NaN", f"{TRAINING}.nok", "skal det stå et tall"),
    "a negative price": Spoiled(R, "nok: 410.50", "nok: -1", "nok: -1", f"{TRAINING}.nok", "utenfor"),
    "half a step": Spoiled(P, "number: 2", "number: 2.5", "number: 2.5", "effort_ladder.steps[2.5].number", "skal det stå et tall", False),
    "true as a number": Spoiled(P, "number: 1", "number: true", "number: true", "effort_ladder.steps[True].number", "«true» er feil type", False),
    "a number as a date": Spoiled(R, "valid_from: 2024-01-01", "valid_from: 0", "valid_from: 0", "prices[trening visits_per_week 0].valid_from", "«0» er feil type"),
    "a day that does not exist": Spoiled(R, "valid_to: 2025-12-31", "valid_to: 2025-02-30", "2025-02-30", f"{TRAINING}.valid_to", "«2025-02-30» er ikke en gyldig dato"),
    "a date in Norwegian order": Spoiled(R, "valid_to: 2025-12-31", "valid_to: 31.12.2025", "31.12.2025", f"{TRAINING}.valid_to", "ikke en gyldig dato"),
    "an unknown choice": Spoiled(S, "decision: none", "decision: nei", "decision: nei", "services[motested].decision", "«nei» er ikke et gyldig valg"),
    "an unknown status": Spoiled(S, "status: eksempel", "status: sikkert", "status: sikkert", "services[motested].status", "ikke et gyldig valg"),
    "a list that is none": Spoiled(S, "steps: [1]", "steps: 1", "steps: 1", "services[motested].steps", "skal det stå en liste", False),
    "an empty list": Spoiled(S, "steps: [1]", "steps: []", "steps: []", "services[motested].steps", "for få rader", False),
    "not a group of fields": Spoiled(L, "    length:\n      number: 1\n      unit: working_days\n", "    length: kort\n", "length: kort", "deadlines[svar-straks].length", "felt med navn og verdi"),
    "a bad code": Spoiled(M, "code: mottaket", "code: Mottaket Nord", "code: Mottaket", "units[Mottaket Nord].code", "ikke en gyldig kode", False),
    "not truth": Spoiled(S, "usable_today: true", "usable_today: kanskje", "kanskje", "services[motested].usable_today", "true eller false"),
    "a municipality number as a number": Spoiled(P, 'code: "9901"', "code: 9901", "code: 9901", "municipality.code", "skal det stå tekst"),
    "a list field that is no list": Spoiled(M, "statements:\n  - code: forstar\n    text: Jeg vet hvorfor jeg får hjelp.\n", "statements: ja\n", "statements: ja", "statements", "skal være en liste", False),
    "a list left open": Spoiled(M, "statements:\n  - code: forstar\n    text: Jeg vet hvorfor jeg får hjelp.\n", "statements:\n", "statements:", "statements", "uten innhold", False),
    # the ladders
    "a missing step": Spoiled(P, "number: 4", "number: 5", "  steps:", "effort_ladder.steps", "Trinn «4» mangler", False),
    "a missing housing step": Spoiled(P, "number: 2\n      title: Kommunal", "number: 4\n      title: Kommunal", "  steps:", "housing_ladder.steps", "Trinn «2» mangler", False, 2),
    "a step twice": Spoiled(P, "number: 3\n      title: Hjelp", "number: 2\n      title: Hjelp", "number: 2", "effort_ladder.steps[2].number", "Trinn 2 står flere ganger", False, 2),
    "unknown housing": Spoiled(P, "usual_housing: [3]", "usual_housing: [9]", "[9]", "effort_ladder.steps[4].usual_housing[1]", "Boligtrinn 9 finnes ikke"),
    "no usual housing": Spoiled(P, "usual_housing: [3]", "usual_housing: []", "usual_housing: []", "effort_ladder.steps[4].usual_housing", "hvilke boligtrinn"),
    "an empty step": Spoiled(S, "steps: [4]", "steps: [3]", "number: 4", "effort_ladder.steps[4]", "Ingen tjeneste ligger på trinn 4", True, 1, P),
    # services
    "an unknown step": Spoiled(S, "steps: [1]", "steps: [1, 7]", "steps: [1, 7]", "services[motested].steps[2]", "Trinn 7 finnes ikke"),
    "an unknown unit": Spoiled(S, "provider: mottaket", "provider: motaket", "motaket", "services[motested].provider", "Enheten «motaket» finnes ikke"),
    "unknown criteria": Spoiled(S, "criteria: plass", "criteria: plassen", "criteria: plassen", "services[plass].criteria", "Kriteriesettet «plassen» finnes ikke"),
    "an unknown legal basis": Spoiled(S, "legal_bases: [plass]", "legal_bases: [loven]", "[loven]", "services[plass].legal_bases[1]", "Hjemmelen «loven» finnes ikke"),
    "an unknown legal basis of an answer": Spoiled(C, "outcome: met\n", "outcome: met\n            legal_bases: [loven]\n", "[loven]", "criteria[hjemmehjelp].questions[trening].answers[nei].legal_bases[1]", "Hjemmelen «loven» finnes ikke"),
    "an unknown offer instead": Spoiled(S, "    kpr:", "    instead: [tur]\n    kpr:", "instead: [tur]", "services[hjemmehjelp].instead[1]", "Tjenesten «tur» finnes ikke"),
    "a decision without law": Spoiled(S, "    legal_bases: [plass]\n", "", "code: plass", "services[plass].legal_bases", "har ingen hjemmel"),
    "a decision without criteria": Spoiled(S, "    criteria: plass\n", "", "code: plass", "services[plass].criteria", "ingen tildelingskriterier"),
    "a code used twice": Spoiled(S, "code: trening", "code: motested", "code: motested", "services[motested].code", "brukt av en annen rad", False, 2),
    "a decision to use today": Spoiled(S, "    party: next_of_kin\n", "    party: next_of_kin\n    usable_today: true\n", "usable_today: true", "services[avlastning].usable_today", "kan ikke brukes i dag", True, 2),
    "a code the register cannot have": Spoiled(S, 'kpr: "8"', 'kpr: "hei"', 'kpr: "hei"', "services[avlastning].kpr", "«hei» er ikke en tjenestekode"),
    "a title nobody sees": Spoiled(S, "title: Møtestedet", 'title: "\u200b\u2060"', 'title: "', "services[motested].title", "bare usynlige tegn"),
    "a title with a control character": Spoiled(S, "title: Møtestedet", r'title: "Møte\0stedet"', "0stedet", "services[motested].title", "usynlig styretegn"),
    # criteria
    "two answers that look the same": Spoiled(C, "label: Nei", 'label: "JA "', "JA", "criteria[hjemmehjelp].questions[trenger].answers[nei].label", "«JA» står to ganger"),
    "an answer that points nowhere": Spoiled(C, "next: trening", "next: treningen", "next: treningen", "criteria[hjemmehjelp].questions[trenger].answers[ja].next", "Spørsmålet «treningen» finnes ikke", False),
    "an answer without a way on": Spoiled(C, WITH_NEXT, "reason: optional\n", "code: ja", "criteria[hjemmehjelp].questions[trenger].answers[ja]", "fører ingen steder", False),
    "an answer with two ways on": Spoiled(C, WITH_NEXT, "next: trening\n            outcome: met\n", "code: ja", "criteria[hjemmehjelp].questions[trenger].answers[ja]", "både «next» og «outcome»"),
    "a circle": Spoiled(C, "next: nytte", "next: trenger", "next: trenger", "criteria[hjemmehjelp].questions[trening].answers[ja].next", "går i ring", False),
    "a question to itself": Spoiled(C, "next: trening", "next: trenger", "next: trenger", "criteria[hjemmehjelp].questions[trenger].answers[ja].next", "går i ring", False),
    "a question never asked": Spoiled(C, "next: nytte", "outcome: met", "code: nytte", "criteria[hjemmehjelp].questions[nytte]", "blir aldri stilt"),
    "an unknown first question": Spoiled(C, "first: dogn", "first: natt", "first: natt", "criteria[plass].first", "Spørsmålet «natt» finnes ikke"),
    "an answer code twice": Spoiled(C, "code: nei", "code: ja", "code: ja", "criteria[hjemmehjelp].questions[trenger].answers[ja].code", "brukt av en annen rad", True, 2),
    # prices
    "a price for nothing": Spoiled(R, "service: avlastning", "service: avlasting", "service: avlasting", "prices[avlasting days 2024-01-01].service", "Tjenesten «avlasting» finnes ikke"),
    "a price in a wrong unit": Spoiled(R, "unit: days", "unit: places", "unit: places", "prices[avlastning places 2024-01-01].unit", "tildeles i «days»"),
    "a price per the wrong thing": Spoiled(R, "per: hour", "per: month", "per: month", "prices[hjemmehjelp hours_per_week 2024-01-01].per", "kan ikke gjelde per «month»"),
    "an unknown profession": Spoiled(R, "{terapeut: 0.75}", "{lege: 0.75}", "{lege", f"{TRAINING}.hours.lege", "Yrkesgruppen «lege» finnes ikke"),
    "negative hours": Spoiled(R, "{terapeut: 0.75}", "{terapeut: -0.75}", "{terapeut: -", f"{TRAINING}.hours.terapeut", "mindre enn null"),
    "bounds beside the price": Spoiled(R, "nok: 410.50", "nok: 410.50\n    high: 400", "high: 400", f"{TRAINING}.high", "utenfor sitt eget anslag"),
    "a price year long gone": Spoiled(R, "price_year: 2024", "price_year: 0", "price_year: 0", f"{TRAINING}.price_year", "Prisåret må være et år fra 2000 til 2100"),
    "a price year with a digit too many": Spoiled(R, "price_year: 2024", "price_year: 20244", "20244", f"{TRAINING}.price_year", "20244 er ikke et mulig prisår"),
    "a price nobody can pay": Spoiled(R, "nok: 410.50", "nok: 999999999999999999", "nok: 9999", f"{TRAINING}.nok", "fra 0 til 10000000"),
    "hours nobody can work": Spoiled(R, "{terapeut: 0.75}", "{terapeut: 10000.5}", "{terapeut", f"{TRAINING}.hours.terapeut", "fra 0 til 10000."),
    # time
    "a deadline longer than a life": Spoiled(L, "number: 4", "number: 99999", "number: 99999", "deadlines[avklaring].length.number", "En frist på 99999 uker er for lang"),
    "two prices at once": Spoiled(R, "valid_to: 2025-12-31", "valid_to: 2026-06-30", "valid_from: 2026-01-01", "prices[trening visits_per_week 2026-01-01].valid_from", "gjelder samtidig med en annen rad om det samme (prices.yaml, linje 3)"),
    "two open rows": Spoiled(R, "    valid_to: 2025-12-31\n", "", "valid_from: 2026-01-01", "prices[trening visits_per_week 2026-01-01].valid_from", "gjelder samtidig"),
    "an end before the start": Spoiled(R, "valid_to: 2025-12-31", "valid_to: 2023-12-31", "valid_to: 2023", f"{TRAINING}.valid_to", "før den begynner"),
    "two deadlines at once": Spoiled(L, "code: maal", "code: avklaring", "valid_from", "deadlines[avklaring].valid_from", "begynner samme dag", False, 6),
    "an unknown appeal rule": Spoiled(L, "appeal_rule: klage-helse", "appeal_rule: klage", "appeal_rule: klage", "legal_bases[hjemme].appeal_rule", "Klagefristen «klage» finnes ikke"),
    # needs, texts and lists
    "a need's unknown deadline": Spoiled(N, "deadline: svar-straks", "deadline: straks", "deadline: straks", "needs[triage].deadline", "Fristen «straks» finnes ikke"),
    "a required need": Spoiled(N, "code: preliminary_reply", "code: noe_annet", "needs:", "needs", "«preliminary_reply» mangler"),
    "an unknown role": Spoiled(N, "roles: [intake, case_worker]", "roles: [intake, caseworker]", "caseworker", "needs[triage].roles[2]", "Rollen «caseworker» finnes ikke"),
    "a need nobody can solve": Spoiled(N, "roles: [decision_maker]", "roles: []", "roles: []", "needs[approve].roles", "Ingen rolle"),
    "an unknown letter field": Spoiled(M, "{appeal_by}", "{appeal_bye}", "body:", "letter_texts[klage].body", "{appeal_bye} finnes ikke"),
    "a lone brace": Spoiled(M, "{appeal_by}", "{appeal_by", "body:", "letter_texts[klage].body", "krøllparentes"),
    "an attribute in a letter field": Spoiled(M, "{appeal_by}", "{appeal_by.__class__}", "body:", "letter_texts[klage].body", "finnes ikke i brev"),
    "a letter text is missing": Spoiled("letters.yaml", "code: period-open", "code: period-opn", "letter_texts:", "letter_texts", "kan ikke lages uten «period-open»"),
    "an empty needed list": Spoiled(M, "tracks:\n  - code: en-dor\n    text: Én dør inn\n", "tracks: []\n", "tracks:", "tracks", "«tracks» er tom"),
    "an instrument part twice": Spoiled(A, "      - code: utforing\n        title: Utføring\n", "      - code: utforing\n        title: Utføring\n      - code: utforing\n        title: Igjen\n", "code: utforing", "instruments[maal].parts[utforing].code", "brukt av en annen rad", True, 2),
    "an instrument upside down": Spoiled(A, "high: 10", "high: 0", "high: 0", "instruments[maal].high", "ikke høyere"),
    "a missing code list": Spoiled(A, "code: function", "code: funksjon", "code_lists:", "code_lists", "«function» mangler"),
    "an unknown intake unit": Spoiled(P, "intake_unit: mottaket", "intake_unit: resepsjonen", "intake_unit", "municipality.intake_unit", "«resepsjonen» finnes ikke"),
    "an e-mail that is none": Spoiled(P, "post@fjordvik.example", "se fjordvik.example", "email:", "municipality.email", "ikke en e-postadresse"),
    "a website that is a script": Spoiled(P, "website: https://fjordvik.example", 'website: "javascript:alert(1)"', "website:", "municipality.website", "ikke en nettadresse"),
    "a website without https": Spoiled(P, "website: https://fjordvik.example", "website: fjordvik.example", "website:", "municipality.website", "Skriv hele adressen"),
    # YAML itself
    "a field twice": Spoiled(S, "title: Møtestedet", "title: Møtestedet\n    title: Igjen", "title: Igjen", "services[1].title", "står to ganger; første gang på linje 4"),
    "an anchor": Spoiled(S, "steps: [1]", "steps: &alle [1]", "&alle", "services[1].steps", "Ankere"),
    "a tag": Spoiled(S, "title: Møtestedet", "title: !!python/object:os.system Møtestedet", "!!python", "services[1].title", "YAML-merker"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_fault_is_told_where_it_is(copy: Copy, name: str) -> None:
    case = SPOILED[name]
    copy.replace(case.file, case.old, case.new)
    policy, faults = check_folder(copy.path)

    assert policy is None
    told = [fault for fault in faults if case.says in f"{fault.reason} {fault.fix}"]
    assert len(told) == 1, [str(fault) for fault in faults]
    file = case.at_file or case.file
    assert (told[0].file, told[0].line, told[0].path) == (file, copy.line(file, case.at, case.nth), case.path)
    assert told[0].fix.endswith((".", "?"))
    if case.alone:
        assert len(faults) == 1, [str(fault) for fault in faults]


def test_a_municipality_may_have_no_email(copy: Copy) -> None:
    copy.replace(P, "  email: post@fjordvik.example\n", "")
    policy, faults = check_folder(copy.path)
    assert faults == ()
    assert policy is not None
    assert policy.municipality.email == ""


def test_a_letter_does_not_send_one_to_an_email_that_is_not_there(copy: Copy) -> None:
    copy.replace(M, "kan du klage til {appeal_body}", "kan du skrive til {email}")
    assert check_folder(copy.path)[1] == ()
    copy.replace(P, "  email: post@fjordvik.example\n", "")
    _, (fault,) = check_folder(copy.path)
    assert (fault.file, fault.line, fault.path) == (M, copy.line(M, "{email}"), "letter_texts[klage].body")
    assert "ingen e-postadresse" in fault.reason


def test_a_question_code_twice_is_named_once(copy: Copy) -> None:
    copy.replace(C, "- code: nytte", "- code: trening")
    _, faults = check_folder(copy.path)
    (lost,) = [fault for fault in faults if "«nytte» finnes ikke" in fault.reason]
    assert "«trenger» og «trening»" in lost.fix


def test_a_tree_with_no_way_to_yes(copy: Copy) -> None:
    before, after = copy.read(C).split("  - code: plass")
    copy.write(C, before + "  - code: plass" + after.replace("outcome: met", "outcome: not_met"))
    _, (fault,) = check_folder(copy.path)
    assert (fault.path, fault.line) == ("criteria[plass]", copy.line(C, "code: plass"))
    assert "at kriteriene er oppfylt" in fault.reason


def test_every_fault_is_told_in_one_run(copy: Copy) -> None:
    copy.replace(S, "title: Møtestedet", "titel: Møtestedet")
    copy.replace(S, "provider: omsorgssenteret", "provider: sykehuset")
    copy.replace(R, "    source: Oppdiktet regnskap 2024\n", "")
    copy.replace(C, "next: nytte", "next: trenger")
    copy.replace(P, "usual_housing: [3]", "usual_housing: [7]")
    _, faults = check_folder(copy.path)
    assert [(fault.file, fault.path) for fault in faults] == [
        (C, "criteria[hjemmehjelp].questions[trening].answers[ja].next"),
        (C, "criteria[hjemmehjelp].questions[nytte]"),
        (P, "effort_ladder.steps[4].usual_housing[1]"),
        (R, f"{TRAINING}.source"),
        (S, "services[motested].titel"),
        (S, "services[avlastning].provider"),
    ]


def test_a_fault_in_one_row_breeds_no_other(copy: Copy) -> None:
    """A unit with a fault of its own still counts as a unit for the services that refer to it."""
    copy.replace(M, "    title: Hjemmehjelpen\n", "")
    _, (fault,) = check_folder(copy.path)
    assert fault.path == "units[hjemmehjelpen].title"


def test_a_hole_in_time_is_a_fault_for_deadlines_but_not_for_prices(copy: Copy) -> None:
    copy.replace(R, "valid_to: 2025-12-31", "valid_to: 2025-06-30")
    assert check_folder(copy.path)[1] == ()
    rule = copy.read(L).split("  - code: maal\n")[1].split("  - code:")[0]
    copy.replace(L, f"  - code: maal\n{rule}", f"  - code: maal\n{rule}    valid_to: 2025-06-30\n  - code: maal\n"
                 + rule.replace("2024-01-01", "2025-08-01"))  # fmt: skip
    _, (fault,) = check_folder(copy.path)
    assert fault.reason == "Ingen rad gjelder mellom 2025-06-30 og 2025-08-01."


def test_a_code_may_return_at_another_time(copy: Copy) -> None:
    rule = copy.read(L).split("  - code: maal\n")[1].split("  - code:")[0]
    copy.replace(L, f"  - code: maal\n{rule}", f"  - code: maal\n{rule}    valid_to: 2025-06-30\n  - code: maal\n"
                 + rule.replace("2024-01-01", "2025-07-01"))  # fmt: skip
    policy, faults = check_folder(copy.path)
    assert faults == ()
    assert policy is not None
    assert [rule.code for rule in policy.deadlines].count("maal") == 2
