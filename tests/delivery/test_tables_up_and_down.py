"""Whole tables: what is downloaded can be uploaded again, all or nothing, with every fault on its row."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from cast import NOW
from delivering import HOME, OFFICE

from trinnvis.delivery import layouts
from trinnvis.delivery.errors import Faulty
from trinnvis.delivery.files import LARGEST, MOST_ROWS, as_csv, as_xlsx, read_table
from trinnvis.delivery.models import Budget, MonthUsed, ServiceHours
from trinnvis.delivery.queries.editing import budgets_of
from trinnvis.delivery.services.budgets import import_budgets
from trinnvis.delivery.services.hours import import_hours, import_used

HOURS = "Enhet;Tjeneste;Første dag;Siste dag;Planlagte timer;Utførte timer\n"
USED = "Enhet;Måned;Kroner;Arbeidstimer\n"
SOURCED = {"source": "Uttrekk", "status": "gjeldende"}
BUDGET = "Enhet;Navn;År;Kroner;Sykepleier (timer);Kilde;Status;Utgave\n"


def budgets(policy, actor, text, name="b.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    rows = layouts.read_budgets(policy, name, content)
    return import_budgets(policy=policy, rows=rows, actor=actor, now=NOW)


def refused(do, *args):
    """(row, text) of each fault."""
    with pytest.raises(Faulty) as told:
        do(*args)
    return [(fault.row, fault.message) for fault in told.value.faults]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_budget_goes_down_and_up_again(policy, tor, kind):
    budgets(policy, tor, BUDGET + f"{HOME};Navn;2026;1 500 000,50;1200,5;Økonomiplan;vedtatt;0\n")
    sheet = layouts.budget_sheet(policy, 2026, budgets_of(2026, [HOME, OFFICE]), [HOME, OFFICE])
    content = (
        as_csv(sheet.headings, sheet.rows)
        if kind == "csv"
        else as_xlsx(sheet.title, sheet.headings, sheet.rows)
    )
    done = budgets(policy, tor, content, f"b.{kind}")
    assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
    row = Budget.objects.get()
    assert (row.nok, row.hours.get().hours, row.revision) == (Decimal("1500000.50"), Decimal("1200.50"), 1)


def test_one_wrong_row_and_nothing_is_stored_and_every_fault_is_told(policy, tor):
    text = BUDGET + (
        f"{HOME};x;2026;100;;Plan;vedtatt;0\n"
        "borte;x;2026;100;;Plan;vedtatt;0\n"
        f"{OFFICE};x;2026;hundre;;Plan;vedtatt;0\n"
    )
    assert [row for row, _text in refused(budgets, policy, tor, text)] == [4]
    told = refused(
        budgets,
        policy,
        tor,
        text.replace("hundre", "100").replace(f"{OFFICE};x;2026;100;;Plan", f"{OFFICE};x;2026;100;;"),
    )
    assert [row for row, _text in told] == [3, 4]
    assert "borte" in told[0][1] and "Skriv hvor tallet kommer fra" in told[1][1]
    assert not Budget.objects.exists()


def test_an_old_table_does_not_overwrite_a_newer_budget(policy, tor, leader):
    line = f"{HOME};x;2026;%s;;Plan;vedtatt;%s\n"
    budgets(policy, leader, BUDGET + line % (100, 0))
    budgets(policy, leader, BUDGET + line % (200, 1))
    ((row, text),) = refused(budgets, policy, tor, BUDGET + line % (300, 1))
    assert row == 2 and "Leif Leder lagret dette" in text
    assert Budget.objects.get().nok == 200


def test_a_leader_uploads_only_their_own_unit(policy, leader):
    text = BUDGET + f"{HOME};x;2026;100;;Plan;vedtatt;0\n{OFFICE};x;2026;100;;Plan;vedtatt;0\n"
    ((row, text),) = refused(budgets, policy, leader, text)
    assert row == 3 and "Bare enhetens leder" in text
    assert not Budget.objects.exists()


def test_the_same_unit_twice(policy, tor):
    line = f"{HOME};x;2026;100;;Plan;vedtatt;0\n"
    assert refused(budgets, policy, tor, BUDGET + line * 2) == [(3, "Enheten står to ganger for samme år.")]


def test_hours_from_a_file_replace_what_is_there(policy, leader):
    text = HOURS + (
        f"{HOME};praktisk-bistand;01.10.2026;31.10.2026;100;90,5\n"
        f"{HOME};praktisk-bistand;2026-11-02;2026-11-08;30;\n"
    )
    rows = layouts.read_hours("t.csv", text.encode("cp1252"))
    assert import_hours(policy=policy, rows=rows, actor=leader, now=NOW, **SOURCED).new == 2
    again = layouts.read_hours("t.csv", text.replace("90,5", "91").encode())
    done = import_hours(policy=policy, rows=again, actor=leader, now=NOW, **SOURCED)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 1)
    assert ServiceHours.objects.get(first_day=date(2026, 10, 1)).executed == 91
    sheet = layouts.hours_sheet(ServiceHours.objects.all())
    back = layouts.read_hours("t.xlsx", as_xlsx(sheet.title, sheet.headings, sheet.rows))
    assert import_hours(policy=policy, rows=back, actor=leader, now=NOW, **SOURCED).unchanged == 2


def test_faults_of_hours_stand_on_their_rows(policy, leader):
    text = HOURS + (
        f"{HOME};praktisk-bistand;01.10.2026;31.10.2026;100;90\n"
        f"{HOME};trolldom;01.10.2026;31.10.2026;1;1\n"
        f"{OFFICE};praktisk-bistand;01.10.2026;31.10.2026;1;1\n"
        f"{HOME};praktisk-bistand;28.09.2026;04.10.2026;1;1\n"
        f"{HOME};praktisk-bistand;01.10.2026;31.10.2026;2;2\n"
        f"{HOME};hjemmesykepleie;01.10.2026;31.10.2026;-1;2\n"
    )
    rows = layouts.read_hours("t.csv", text.encode())
    with pytest.raises(Faulty) as told:
        import_hours(policy=policy, rows=rows, actor=leader, now=NOW, **SOURCED)
    assert [fault.row for fault in told.value.faults] == [3, 4, 5, 6, 7]
    assert not ServiceHours.objects.exists()
    assert (
        refused(layouts.read_hours, "t.csv", (HOURS + f"{HOME};a;i går;31.10.2026;1;1\n").encode())[0][0] == 2
    )


def test_used_from_a_file(policy, tor):
    text = USED + f"{HOME};01.09.2026;1 000 000;1200\n{HOME};01.10.2026;;1300\n"
    rows = layouts.read_used("u.csv", text.encode())
    assert import_used(policy=policy, rows=rows, actor=tor, now=NOW, **SOURCED).new == 2
    assert MonthUsed.objects.get(month=date(2026, 10, 1)).nok is None
    wrong = layouts.read_used("u.csv", (USED + f"{HOME};15.09.2026;1;1\n").encode())
    with pytest.raises(Faulty, match="første dagen"):
        import_used(policy=policy, rows=wrong, actor=tor, now=NOW, **SOURCED)


def workbook(rows: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number in range(rows):
        sheet.write_row(number, 0, ["Enhet"] if number == 0 else ["x"])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Fila er tom"),
        (b"Navn\nx\n", "«Enhet» mangler"),
        (b"Enhet\n", "ingen rader"),
        (b"Enhet;Enhet\nx;y\n", "to ganger"),
        (b"PK\x03\x04 ikke en bok", "kan ikke leses som Excel"),
        (b"\x89PNG\0\0", "verken csv eller Excel"),
        (b"Enhet\n" + b"x" * LARGEST, "for stor"),
        (b"Enhet\n" + b"x\n" * (MOST_ROWS + 1), "for mange rader"),
        (workbook(1), "ingen rader"),
    ],
)
def test_files_that_cannot_be_read(content, says):
    with pytest.raises(Faulty, match=says):
        read_table("fil", content, ("Enhet",))


def test_a_formula_is_made_harmless_on_the_way_down():
    assert b"'=cmd" in as_csv(("Navn",), [("=cmd",)])


def test_an_unknown_column_is_told_rather_than_passed_over(policy, tor):
    text = BUDGET.replace("Kilde", "Trollmann (timer);Kilde") + f"{HOME};x;2026;100;;5;Plan;vedtatt;0\n"
    assert refused(budgets, policy, tor, text) == [
        (1, "Kolonnen «trollmann (timer)» er ukjent. Rett navnet, eller fjern den.")
    ]
