"""What leaves the house: CSV, workbooks with charts Excel draws, and the pack as an accessible PDF."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from django.test import Client
from figures.conftest import about
from python_calamine import load_workbook

from trinnvis.figures.pack import Pack, pack_pdf, pack_xlsx
from trinnvis.figures.shapes import Figure, FigureError, Series, Unit
from trinnvis.figures.sheets import table_csv, table_xlsx, workbook
from trinnvis.figures.trends import lines
from trinnvis.site.example_figures import all_kinds

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def pack(**parts: object) -> Pack:
    return replace(
        Pack("Behovet mot 2040", "Eksempel kommune", ("Eksempeltall.",), all_kinds(), ("SSB, eksempel",)),
        **parts,  # type: ignore[arg-type]
    )


def test_csv_opens_as_numbers_in_norwegian_excel(figure: Figure) -> None:
    text = table_csv(figure).decode("utf-8-sig")
    rows = [line.split(";") for line in text.split("\r\n")[:-1]]
    assert len(rows) == 1 + len(figure.table.rows)
    assert {len(row) for row in rows} == {len(figure.table.headings)}
    for row, cells in zip(rows[1:], figure.table.rows, strict=True):
        for text_of, cell in zip(row, cells, strict=True):
            if isinstance(cell, int | float):
                assert float(text_of.replace(",", ".")) == pytest.approx(cell, rel=1e-11)
                assert len(text_of) < 16


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_text_is_never_a_formula(sign: str) -> None:
    name = f"{sign}cmd|' /C calc'!A0"
    figure = lines(about(), category="År", categories=[1, 2], series=[Series(name, [1, -2])], unit=Unit("p"))
    figure = replace(figure, table=replace(figure.table, rows=((name, 1), ("b", -2))))
    assert table_csv(figure).decode("utf-8-sig").splitlines()[1].startswith("'" + sign)
    assert "-2" in table_csv(figure).decode("utf-8-sig")
    figure = replace(figure, about=replace(figure.about, title=name))
    book = zipfile.ZipFile(io.BytesIO(table_xlsx(figure)))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    references = re.findall(r"<c:f>(.*?)</c:f>", book.read("xl/charts/chart1.xml").decode())
    assert references
    assert all(re.fullmatch(r"'[^']+'!\$[A-Z]\$\d+(:\$[A-Z]\$\d+)?", each) for each in references)


def test_the_workbook_opens_with_the_numbers_and_a_chart(figure: Figure) -> None:
    data = table_xlsx(figure)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == figure.finding
    width = len(figure.table.headings)
    assert tuple(rows[3][:width]) == figure.table.full_headings
    for row, cells in zip(rows[4:], figure.table.rows, strict=False):
        for shown, cell in zip(row[:width], cells, strict=True):
            assert shown == (
                cell if isinstance(cell, str) else pytest.approx(cell) if cell is not None else ""
            )
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len([name for name in names if name.startswith("xl/charts/chart")]) == len(figure.native) >= 1


def test_the_charts_in_excel_point_at_cells_that_hold_numbers(figure: Figure) -> None:
    data = table_xlsx(figure)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    book = zipfile.ZipFile(io.BytesIO(data))
    charts = [book.read(n).decode() for n in book.namelist() if n.startswith("xl/charts/chart")]
    pattern = r"<c:val><c:numRef><c:f>[^<]*!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)</c:f>"
    found = [hit for chart in charts for hit in re.findall(pattern, chart)]
    assert len(found) == sum(len(native.series) for native in figure.native)
    for letters, first, _, last in found:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        values = [rows[row - 1][column - 1] for row in range(int(first), int(last) + 1)]
        assert any(isinstance(value, int | float) for value in values), (letters, first, last)
        assert int(last) - int(first) + 1 == len(figure.native_labels or figure.table.rows)


def test_sheets_get_names_excel_accepts_even_when_titles_are_long_and_alike() -> None:
    base = all_kinds()[6]
    title = "Behov: [alle] trinn / tjenester * 2026–2040 ? og videre"
    figures = [replace(base, about=replace(base.about, title=title)) for _ in range(3)]
    names = load_workbook(io.BytesIO(workbook(figures))).sheet_names
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_pack_has_a_sheet_for_each_figure_and_is_the_same_twice() -> None:
    data = pack_xlsx(pack())
    assert len(load_workbook(io.BytesIO(data)).sheet_names) == len(all_kinds())
    assert pack_xlsx(pack()) == data
    with pytest.raises(FigureError):
        workbook([])


@pytest.fixture(scope="module")
def pdf_bytes() -> bytes:
    return pack_pdf(pack(), made_at=NOW)


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = [node] if "/S" in node else []
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += elements(kid)
    return found


def test_the_pack_is_archivable_tagged_and_in_order(pdf_bytes: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_bytes))
    metadata = pdf.Root.Metadata.read_bytes().decode().replace(" ", "")
    assert "pdfaid:part>2<" in metadata
    assert "pdfuaid:part>1<" in metadata
    assert pdf.Root.Lang == "nb"
    assert pdf.docinfo["/Title"] == "Behovet mot 2040"
    tags = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == len(all_kinds()) + 2  # and sources and tables
    assert tags.count("/Table") == len(all_kinds())
    assert tags.count("/TH") >= sum(2 for _ in all_kinds())


def test_every_picture_in_the_pack_has_its_words(pdf_bytes: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_bytes))
    alts = [str(e.Alt) for e in elements(pdf.Root.StructTreeRoot) if str(e.S) == "/Figure" and "/Alt" in e]
    assert alts == [figure.alt for figure in all_kinds()]


def test_the_pack_is_the_same_for_the_same_moment(pdf_bytes: bytes) -> None:
    assert pack_pdf(pack(), made_at=NOW) == pdf_bytes


def test_a_long_row_of_years_is_shortened_on_paper_and_whole_in_the_workbook() -> None:
    years = range(2026, 2051)
    long = lines(
        about(), category="År", categories=years, series=[Series("s", [*years])], unit=Unit("Personer")
    )
    made = pack_pdf(pack(figures=(long,)), made_at=NOW)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tags = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
    assert tags.count("/TR") == 1 + len({2026, 2030, 2035, 2040, 2045, 2050})
    rows = load_workbook(io.BytesIO(pack_xlsx(pack(figures=(long,))))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[4:29]] == [str(year) for year in years]


def test_words_in_a_pack_are_never_markup() -> None:
    nasty = '#let x = 1 *klare* $meg$ \\ _selv_ @ref <b> "'
    base = all_kinds()[0]
    figure = replace(base, about=replace(base.about, finding=nasty, title=nasty, alt=nasty, source=nasty))
    assert pack_pdf(pack(title=nasty, intro=(nasty,), figures=(figure,)), made_at=NOW).startswith(b"%PDF-")


@pytest.mark.parametrize("parts", [{"figures": ()}, {"title": " "}, {"author": ""}])
def test_a_pack_without_a_title_or_figures_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(FigureError):
        pack(**parts)


@pytest.mark.django_db
def test_the_downloads_of_a_page(client: Client) -> None:
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = client.get(f"/stil/figurer/forlop.{ending}")
        assert answer.content.startswith(begins)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="forlop.{ending}"'
    for address in ("/stil/figurer/forlop.exe", "/stil/figurer/finnes-ikke.csv"):
        assert client.get(address).status_code == 404
