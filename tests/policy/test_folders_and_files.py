"""A policy folder as it lies on disk: what is read, how files join, and what cannot be read."""

import os
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from policy.policy_folders import FOUR_STEPS, SEVEN_STEPS, Copy

from trinnvis.access.models import StaffRole
from trinnvis.policy.checks import across_rows
from trinnvis.policy.checks.needs import ROLES
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import PolicyFaults
from trinnvis.policy.loading import check_folder, load_folder
from trinnvis.policy.model import AmountUnit
from trinnvis.policy.yaml_source import MAX_BYTES, Source


@pytest.mark.parametrize(("folder", "steps", "housing"), [(FOUR_STEPS, 4, 3), (SEVEN_STEPS, 7, 5)])
def test_ladders_of_any_length(folder: Path, steps: int, housing: int) -> None:
    policy = load_folder(folder)
    assert (len(policy.effort_ladder.steps), len(policy.housing_ladder.steps)) == (steps, housing)
    assert all(policy.services_on(step.number) for step in policy.effort_ladder.steps)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(PolicyFaults) as caught:
        load_folder(tmp_path / "borte")
    (fault,) = caught.value.faults
    assert (fault.file, fault.reason) == (str(tmp_path / "borte"), "Mappa finnes ikke.")


def test_a_file_is_no_folder() -> None:
    _, (fault,) = check_folder(FOUR_STEPS / "law.yaml")
    assert "ikke en mappe" in fault.reason


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "les-meg.txt").write_text("ikke YAML")
    _, (fault,) = check_folder(tmp_path)
    assert "ingen YAML-filer" in fault.reason


def test_a_folder_with_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    (tmp_path / "tom.yaml").write_text("# bare en kommentar\n")
    _, faults = check_folder(tmp_path)
    assert {"title", "municipality", "effort_ladder", "services"} <= {fault.path for fault in faults}
    assert all("mangler" in fault.reason and fault.line == 0 for fault in faults)


UNREADABLE = {
    "latin-1": (b"statements:\n  - code: a\n    text: p\xe5\n", 3, "UTF-8"),
    "a control character": (b"statements:\n  - code: a\x07\n", 2, "styretegn"),
    "a tab": (b"statements:\n\t- code: a\n", 2, "YAML"),
    "an open quote": (b'statements:\n  - code: "a\n    text: b\n', None, "YAML"),
    "an open bracket": (b"statements: [a, b\ntracks: []\n", None, "YAML"),
    "a colon in the text": (b"statements:\n  - code: a\n    text: viktig: alltid\n", 3, "kolon"),
    "uneven indentation": (b"statements:\n  - code: a\n     text: b\n", 3, "YAML"),
    "prose": (b"Dette er: ikke\nYAML i det hele tatt\n", None, "YAML"),
    "a brace left alone": (b"}\n", 1, "YAML"),
    "an alias to nothing": (b"statements: *borte\n", 1, "Ankere"),
    "too deep": (b"statements: " + b"[" * 30 + b"]" * 30, 1, "nivåer"),
    "hopelessly deep": (b"[" * 100_000, 1, "nivåer"),
    "too big": (b"#" * (MAX_BYTES + 1), 0, "større enn"),
    "several documents": (b"statements: []\n---\ntracks: []\n", 2, "flere YAML-dokumenter"),
    "a list outermost": (b"- code: a\n", 1, "feltnavn ytterst"),
    "a word alone": (b"heisann\n", 1, "feltnavn ytterst"),
    "a list as a field name": (b"? [a, b]\n: c\n", 1, "feltnavn må være tekst"),
    "a merge": (b"<<: {code: a}\n", 1, "«<<» finnes ikke"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_with_its_line(copy: Copy, name: str) -> None:
    data, line, says = UNREADABLE[name]
    copy.write("zzz.yaml", data)
    policy, faults = check_folder(copy.path)
    assert policy is None
    told = [fault for fault in faults if fault.file == "zzz.yaml" and says in fault.reason]
    assert len(told) == 1, [str(fault) for fault in faults]
    assert line is None or told[0].line == line


def test_an_unreadable_file_breeds_no_faults_in_the_others(copy: Copy) -> None:
    copy.write("municipal.yaml", copy.read("municipal.yaml").replace("units:", "units: ["))
    copy.replace("services.yaml", "decision: none", "decision: nei")
    _, faults = check_folder(copy.path)
    assert [fault.file for fault in faults] == ["municipal.yaml", "services.yaml"]
    assert "Fila er ikke lest" in faults[0].fix


def test_an_alias_bomb_is_refused_without_being_built(copy: Copy) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    copy.write("zzz.yaml", "\n".join(rows))
    _, faults = check_folder(copy.path)
    assert [fault.line for fault in faults if "Ankere" in fault.reason][:3] == [1, 2, 2]


def test_lists_join_over_files_and_keep_their_lines(copy: Copy) -> None:
    (copy.path / "mer" / "enda-mer").mkdir(parents=True)
    copy.write(
        "mer/enda-mer/enheter.yml", "units:\n  - code: verksted\n    title: Verkstedet\n    sektor: Helse\n"
    )
    policy, faults = check_folder(copy.path)
    assert policy is None
    assert [(fault.file, fault.line, fault.path) for fault in faults] == [
        ("mer/enda-mer/enheter.yml", 4, "units[verksted].sektor")
    ]
    copy.replace("mer/enda-mer/enheter.yml", "sektor", "sector")
    policy = load_folder(copy.path)
    assert [unit.code for unit in policy.units][-2:] == ["omsorgssenteret", "verksted"] or policy.unit(
        "verksted"
    )


def test_what_editors_and_systems_leave_behind_is_not_read(copy: Copy) -> None:
    copy.write("._services.yaml", b"\x00\x05\x16\x07")
    (copy.path / ".#law.yaml").symlink_to("ola@kontoret.1234")
    (copy.path / ".git").mkdir()
    copy.write(".git/config.yaml", "statements: ja\n")
    assert check_folder(copy.path)[1] == ()


def test_a_linked_file_is_read(copy: Copy) -> None:
    (copy.path / "law.yaml").rename(copy.path.parent / "loven.yaml")
    (copy.path / "law.yaml").symlink_to("../loven.yaml")
    assert check_folder(copy.path)[1] == ()


def test_a_linked_folder_is_told(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "annet").mkdir()
    (copy.path / "mer").symlink_to(tmp_path / "annet")
    policy, (fault,) = check_folder(copy.path)
    assert policy is None
    assert (fault.file, fault.line) == ("mer", 0)
    assert "er en lenke" in fault.reason


def test_what_never_ends_is_not_read(copy: Copy) -> None:
    os.mkfifo(copy.path / "ror.yaml")
    (copy.path / "null.yaml").symlink_to("/dev/zero")
    (copy.path / "borte.yaml").symlink_to("ingensteds.yaml")
    _, faults = check_folder(copy.path)
    assert [(fault.file, fault.reason) for fault in faults] == [
        (name, "Fila kan ikke leses.") for name in ("borte.yaml", "null.yaml", "ror.yaml")
    ]
    assert all("vanlig fil" in fault.fix for fault in faults)


def test_an_object_given_in_two_files_names_both(copy: Copy) -> None:
    copy.write("zzz.yaml", "\n\ntitle: En annen\n")
    _, (fault,) = check_folder(copy.path)
    assert (fault.file, fault.line, fault.path) == ("zzz.yaml", 3, "title")
    assert f"policy.yaml, linje {copy.line('policy.yaml', 'title:')}" in fault.reason


def test_a_byte_order_mark_is_no_fault(copy: Copy) -> None:
    copy.write("law.yaml", b"\xef\xbb\xbf" + copy.read("law.yaml").encode())
    assert check_folder(copy.path)[1] == ()


def test_amounts_are_exactly_as_written(copy: Copy) -> None:
    copy.replace("prices.yaml", "nok: 455.10", "nok: 455.1000000000000001")
    price = load_folder(copy.path).price("hjemmehjelp", AmountUnit.HOURS_PER_WEEK, date(2026, 3, 1))
    assert price is not None
    assert str(price.nok) == "455.1000000000000001"
    assert price.hours == {"hjelper": Decimal("1.2")}


def test_yaml_has_no_surprises() -> None:
    source = Source(
        "x.yaml", b"[no, on, 0533, 12:30, 1e3, 0x1F, 1_000, .inf, 2026-01-01, true, ~, 7, -0.50, 'null']"
    )
    assert source.value == [
        "no", "on", "0533", "12:30", "1e3", "0x1F", "1_000", ".inf", date(2026, 1, 1), True, None, 7,
        Decimal("-0.50"), "null",
    ]  # fmt: skip
    assert source.faults == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2),
    max_leaves=4,
)


FILES = sorted(FOUR_STEPS.glob("*.yaml"))


def read(file: Path) -> Source:
    return Source(file.name, file.read_bytes())


@cache
def read_once() -> tuple[Source, ...]:
    return tuple(map(read, FILES))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_value_anywhere_breaks_the_checker(data: st.DataObject) -> None:
    """Put anything anywhere: the answer is a policy or faults, never a crash."""
    at = data.draw(st.integers(0, len(read_once()) - 1))
    sources = list(read_once())
    sources[at] = spoiled = read(FILES[at])
    *path, last = data.draw(st.sampled_from(sorted((path for path in spoiled.places if path), key=str)))
    holder = spoiled.value
    for part in path:
        holder = holder[part]
    holder[last] = data.draw(VALUES)
    draft = Draft("mappe")
    for source in sources:
        draft.add(source)
    policy = draft.validate()
    faults = [*draft.faults, *(draft.fault(problem) for problem in across_rows(draft))]
    assert policy is not None or faults
    assert all(fault.reason and fault.fix for fault in faults)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc:-[]{}&*!?|>'\"#% \n\t0123~,", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    source = Source("x.yaml", text.encode())
    assert source.readable or source.faults


def test_the_shipped_policy_is_in_order() -> None:
    folder = Path(django_settings.TRINNVIS_POLICY_FOLDER)
    policy, faults = check_folder(folder)
    assert [str(fault) for fault in faults] == []
    assert policy is not None
    assert (len(policy.effort_ladder.steps), len(policy.housing_ladder.steps)) == (12, 6)
    assert len(policy.services) >= 24


def test_the_roles_a_need_may_name_are_those_staff_can_hold() -> None:
    assert sorted(ROLES) == sorted(StaffRole.Role.values)
