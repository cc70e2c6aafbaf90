"""A policy answers on every day it is in force: what has ended or not begun, or gives no appeal, is told."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from policy.policy_folders import Copy

import trinnvis.policy
from trinnvis.policy.faults import Fault
from trinnvis.policy.loading import check_folder, load_folder
from trinnvis.policy.model import NoRule, Policy
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import CannotAdopt, adopt

LAW = "law.yaml"
START = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def row(copy: Copy, code: str) -> str:
    """The text of a row of the law file, without its code."""
    return copy.read(LAW).split(f"  - code: {code}\n")[1].split("  - code:")[0].split("deadlines:")[0]


def end(copy: Copy, code: str, on: str, *then: str) -> None:
    """End a row on a date; `then`: rows of the same code that follow, each by its start or start/end."""
    was = row(copy, code)
    text = f"  - code: {code}\n{was}    valid_to: {on}\n"
    for dates in then:
        start, _, stop = dates.partition("/")
        text += f"  - code: {code}\n{was.replace('2024-01-01', start)}"
        text += f"    valid_to: {stop}\n" if stop else ""
    copy.replace(LAW, f"  - code: {code}\n{was}", text)


def told(copy: Copy, start: date | None = START, **given: date) -> tuple[Fault, ...]:
    return check_folder(copy.path, start, **given)[1]


@pytest.mark.parametrize("code", ["hjemme", "klage-helse", "forelopig-svar"])
@pytest.mark.parametrize("start", [START, None])
def test_a_row_that_ends_with_nothing_after_it_is_a_fault(copy: Copy, code: str, start: date | None) -> None:
    end(copy, code, "2026-12-31")
    policy, faults = check_folder(copy.path, start, today=START)
    assert policy is None
    (fault,) = faults
    field = "legal_bases" if code == "hjemme" else "deadlines"
    line = copy.line(LAW, "valid_to: 2026-12-31")
    assert (fault.file, fault.line, fault.path) == (LAW, line, f"{field}[{code}].valid_to")
    assert f"«{code}» slutter å gjelde 2026-12-31, og ingen rad tar over." in fault.reason
    assert "med samme kode" in fault.fix


def test_one_that_has_ended_long_ago_is_a_fault(copy: Copy) -> None:
    copy.replace(LAW, "valid_from: 2024-01-01", "valid_from: 2012-01-01\n    valid_to: 2020-12-31")
    (fault,) = told(copy, None)
    assert "«hjemme» sluttet å gjelde 2020-12-31" in fault.reason


def test_a_successor_takes_over(copy: Copy) -> None:
    end(copy, "hjemme", "2026-12-31", "2027-01-01")
    end(copy, "klage-helse", "2026-12-31", "2027-01-01/2027-06-30", "2027-07-01")
    assert told(copy) == ()


def test_an_end_years_ahead_may_be_written_and_is_noted(copy: Copy) -> None:
    end(copy, "hjemme", "2028-11-01")
    policy, (note,) = check_folder(copy.path, START)
    assert policy is not None
    assert (note.stops, note.line) == (False, copy.line(LAW, "valid_to: 2028-11-01"))
    assert "slutter å gjelde 2028-11-01" in note.reason
    (fault,) = told(copy, date(2026, 11, 2))
    assert fault.stops


def test_an_end_near_today_is_a_fault_also_in_a_policy_from_long_ago(copy: Copy) -> None:
    end(copy, "hjemme", "2026-12-31")
    assert not told(copy, date(2024, 1, 1))[0].stops
    assert told(copy, date(2024, 1, 1), today=START)[0].stops


def test_what_nothing_uses_may_end(copy: Copy) -> None:
    copy.replace(LAW, "  - code: annet", "  - code: ubrukt")
    end(copy, "ubrukt", "2026-12-31")
    end(copy, "klage-annet", "2026-12-31")
    assert told(copy) == ()


def test_a_deadline_may_end_with_the_law_that_pointed_at_it(copy: Copy) -> None:
    copy.replace("services.yaml", "legal_bases: [plass]", "legal_bases: [hjemme]")
    end(copy, "hjemme", "2026-12-31", "2027-01-01")
    old, new = copy.read(LAW).split("valid_to: 2026-12-31")
    copy.write(LAW, f"{old}valid_to: 2026-12-31{new.replace('klage-helse', 'klage-annet', 1)}")
    end(copy, "klage-helse", "2026-12-31")
    assert told(copy) == ()


def test_forever_may_be_written_as_the_last_day_there_is(copy: Copy) -> None:
    end(copy, "hjemme", "9999-12-31")
    assert told(copy) == ()


def test_a_row_after_forever_is_told(copy: Copy) -> None:
    end(copy, "hjemme", "9999-12-31", "2027-01-01")
    (fault,) = told(copy)
    assert "gjelder samtidig" in fault.reason


def test_what_has_not_begun_on_the_start_date_is_a_fault(copy: Copy) -> None:
    copy.write(LAW, copy.read(LAW).replace("2024-01-01", "2027-01-01"))
    faults = told(copy)
    assert {fault.path for fault in faults} == {
        *(f"legal_bases[{code}].valid_from" for code in ("hjemme", "plass")),
        *(
            f"deadlines[{code}].valid_from"
            for code in ("svar-straks", "avklaring", "maal", "forelopig-svar", "evaluering")
        ),
    }  # a right of appeal is not missed before the law that gives it
    assert all("2026-11-01, men gjelder først fra 2027-01-01" in fault.reason for fault in faults)
    assert told(copy, date(2027, 1, 1)) == ()


def test_without_a_start_date_one_is_told_how_long_a_policy_must_wait(copy: Copy) -> None:
    prices = copy.read("prices.yaml").split("work_years:")
    copy.write("prices.yaml", prices[0] + "work_years:" + prices[1].replace("2024-01-01", "2090-01-01"))
    policy, (note,) = check_folder(copy.path, today=START)
    assert policy is not None
    assert (note.stops, note.path) == (False, "work_years[2090-01-01].valid_from")
    assert "tidligst vedtas fra 2090-01-01: Timetallet for et årsverk" in note.reason
    (fault,) = told(copy)
    assert fault.stops


def test_an_individual_decision_can_be_appealed(copy: Copy) -> None:
    copy.write(LAW, copy.read(LAW).replace("    appeal_rule: klage-helse\n", ""))
    faults = told(copy)
    assert [fault.path for fault in faults] == [
        f"services[{code}].legal_bases" for code in ("hjemmehjelp", "avlastning", "plass")
    ]
    assert all(fault.file == "services.yaml" and "enkeltvedtak" in fault.reason for fault in faults)


def test_one_basis_with_a_right_of_appeal_is_enough_but_for_all_time(copy: Copy) -> None:
    copy.replace(LAW, "    appeal_rule: klage-helse\n", "")
    copy.write("services.yaml", copy.read("services.yaml").replace("[hjemme]", "[hjemme, plass]"))
    assert told(copy) == ()
    end(copy, "plass", "2026-12-31", "2027-01-01")
    text = copy.read(LAW)
    at = text.rindex("    appeal_rule: klage-helse\n")
    copy.write(LAW, text[:at] + text[at:].replace("    appeal_rule: klage-helse\n", "", 1))
    faults = told(copy)
    assert {fault.path.partition("[")[0] for fault in faults} == {"services"}
    assert all("som gjelder 2027-01-01, har klagefrist" in fault.reason for fault in faults)


@pytest.mark.django_db
def test_a_policy_that_would_lack_a_deadline_is_not_adopted(four_steps: Policy) -> None:
    early = date(2023, 12, 31)
    with pytest.raises(CannotAdopt, match="gjelder først fra 2024-01-01"):
        adopt(policy=four_steps, valid_from=early, by="Kommunestyret", now=NOW)
    rules = tuple(rule.model_copy(update={"valid_to": date(2026, 12, 31)}) for rule in four_steps.deadlines)
    ending = four_steps.model_copy(update={"deadlines": rules})
    with pytest.raises(CannotAdopt, match=r"«svar-straks» slutter å gjelde 2026-12-31.*Legg til raden"):
        adopt(policy=ending, valid_from=START, by="Kommunestyret", now=NOW)
    assert not PolicyVersion.objects.exists()


def test_a_row_that_is_not_there_is_named_with_the_date(four_steps: Policy) -> None:
    with pytest.raises(NoRule, match=r"«klage-helse» som gjelder 31\.12\.2023") as caught:
        four_steps.deadline("klage-helse", date(2023, 12, 31))
    assert (caught.value.code, caught.value.on) == ("klage-helse", date(2023, 12, 31))
    for ask in (
        lambda: four_steps.legal_basis("hjemme", date(2023, 12, 31)),
        lambda: four_steps.work_year(date(2023, 12, 31)),
        lambda: four_steps.code_list("function", date(2023, 12, 31)),
        lambda: four_steps.service("borte"),
        lambda: four_steps.step(9),
    ):
        with pytest.raises(NoRule):
            ask()


def test_lunner_closes_its_appeals_act_as_its_own_files_say(tmp_path: Path) -> None:
    """What the head of the deadlines file tells one to do, half done and done."""
    folder = tmp_path / "lunner"
    shutil.copytree(Path(trinnvis.policy.__file__).parent / "lunner", folder)
    file = folder / "deadlines.yaml"
    before, after = file.read_text().split("  - code: appeal-3-weeks\n")
    old, rest = after.split("  - code:", 1)
    closed = old.replace("valid_from: 1970-01-01\n", "valid_from: 1970-01-01\n    valid_to: 2026-12-31\n")
    file.write_text(f"{before}  - code: appeal-3-weeks\n{closed}  - code:{rest}")
    _, (fault,) = check_folder(folder, START)
    assert fault.path == "deadlines[appeal-3-weeks].valid_to"
    new = old.replace("1970-01-01", "2027-01-01")
    file.write_text(
        f"{before}  - code: appeal-3-weeks\n{closed}  - code: appeal-3-weeks\n{new}  - code:{rest}"
    )
    assert load_folder(folder).deadline("appeal-3-weeks", date(2027, 1, 1)).valid_from == date(2027, 1, 1)
