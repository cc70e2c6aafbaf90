"""Files from SSB and our own layout are read by their codes, whatever the labels say."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from large_files import LARGE_FILES
from planning.population.answers import AGES, as_text, observed, projection
from typer.testing import CliRunner

from trinnvis.planning.population.axes import SEXES, Variant
from trinnvis.planning.population.cli import app
from trinnvis.planning.population.importing.files import read_file
from trinnvis.planning.population.importing.meaning import Imported, Report, understand
from trinnvis.planning.population.importing.store import imports
from trinnvis.planning.population.shipped import figures

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)


def read(path: Path, municipality: str | None = None) -> tuple[Imported, Report]:
    return understand(read_file(path), path.name, TODAY, municipality)


def read_answer(tmp_path: Path, found: dict[str, Any]) -> tuple[Imported, Report]:
    path = tmp_path / "svar.json"
    path.write_text(as_text(found), encoding="utf-8")
    return read(path)


def lunner(year: int) -> np.ndarray:
    data = figures()
    return data.persons[data.at(year), data.codes.index("3234")]


def test_json_from_version_2() -> None:
    imported, report = read(SAMPLES / "pxweb_v2_07459_lunner_2025_2026.json")
    assert (imported.observed, imported.codes, imported.sexes) == (True, ("3234",), ("both",))
    assert list(imported.years) == [2025, 2026]
    assert np.array_equal(imported.of("3234")[0, 1, :, 0], lunner(2026))
    assert (
        str(imported.source) == "SSBs folkemengde, tabell 07459, publisert 25.02.2026, hentet inn 22.11.2026"
    )
    assert report.left_out == []


def test_statbank_csv_in_latin_1_moves_3054_to_3234() -> None:
    imported, report = read(SAMPLES / "statbank_07459_lunner_2020_2021.csv")
    assert (imported.codes, imported.sexes, list(imported.years)) == (("3234",), SEXES, [2020, 2021])
    assert np.array_equal(imported.of("3234")[0, 1].sum(axis=-1), lunner(2021))
    assert any("3054 → 3234" in line for line in report.repaired)
    assert any("ISO-8859-1" in line for line in report.repaired)


def test_own_layout_of_two_municipalities() -> None:
    imported, _ = read(SAMPLES / "own_layout_2026.csv")
    assert imported.codes == ("3234", "3236")
    assert imported.of("3234").sum() == 9463


def test_own_layout_as_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "egen.parquet"
    rows = [("3234", 2026, age, sex, v, 5.5) for age in range(106) for sex in SEXES for v in ("main", "low")]
    columns = dict(
        zip(
            ("municipality", "year", "age", "sex", "variant", "persons"), zip(*rows, strict=True), strict=True
        )
    )
    parquet.write_table(arrow.table({name: list(column) for name, column in columns.items()}), path)
    imported, _ = read(path)
    assert (imported.observed, imported.variants) == (False, (Variant.MAIN, Variant.LOW))
    assert imported.of("3234").shape == (2, 1, 106, 2)


def test_a_projection_with_three_alternatives(tmp_path: Path) -> None:
    imported, _ = read_answer(tmp_path, projection())
    assert imported.variants == (Variant.MAIN, Variant.LOW, Variant.HIGH)
    assert [imported.of("3234")[v].max() for v in range(3)] == [10, 9, 11]


def test_alternatives_we_do_not_use_are_left_out_and_told(tmp_path: Path) -> None:
    found = projection()
    more = found["dimension"]["ContentsCode"]["category"]
    more["index"] = {"Personer": 0, "Personer5": 1, "Personer2": 2}
    more["label"] = {}
    imported, report = read_answer(tmp_path, found)
    assert imported.variants == (Variant.MAIN, Variant.HIGH)
    assert any("Personer5" in line for line in report.left_out)


def test_codes_rule_over_changed_labels(tmp_path: Path) -> None:
    found = observed(labels={"K-3234": "Oslo", "Personer1": "Innbyggjarar", "000": "nyfødd"})
    imported, report = read_answer(tmp_path, found)
    assert imported.codes == ("3234",)
    assert any("Oslo" in line and "Koden gjelder" in line for line in report.repaired)


def test_the_index_may_be_a_list_and_figures_sparse(tmp_path: Path) -> None:
    found = observed()
    found["dimension"]["Alder"]["category"]["index"] = AGES
    found["value"] = {str(at): 2 for at in range(106)}
    assert read_answer(tmp_path, found)[0].persons.sum() == 212


def test_statbank_csv_with_codes_names_its_column_after_the_table(tmp_path: Path) -> None:
    rows = [
        f'"3234","{sex}","{age}","Personer{n}","2027",{n}' for age in AGES for sex in "12" for n in (1, 2)
    ]
    path = tmp_path / "statbank.csv"
    path.write_text("\n".join(['"Region","Kjonn","Alder","ContentsCode","Tid","14746"', *rows]))
    imported, _ = read(path)
    assert (imported.observed, imported.source.table) == (False, "14746")
    assert imported.variants == (Variant.LOW, Variant.HIGH) and imported.of("3234")[1, 0, 40, 0] == 2


def test_a_year_of_zeros_is_not_a_population(tmp_path: Path) -> None:
    """SSB shows 0 in the morning until the figures are out, and for a municipality before it was made."""
    imported, report = read_answer(
        tmp_path, observed("K-1580", ("2020", "2026"), value=lambda *codes: 7 if codes[3] == "2026" else 0)
    )
    assert np.isnan(imported.of("1580")[0, 0]).all() and imported.of("1580")[0, 1].sum() == 7 * len(AGES)
    assert report.left_out == ["2020: bare nuller for 1580. Det er ikke folketall."]


def test_suppressed_is_not_zero(tmp_path: Path) -> None:
    found = observed(years=["2025", "2026"])
    found["value"][2 * 99 + 1] = None
    found["value"][2 * 98 + 1] = 0
    found["status"] = {str(2 * 99 + 1): ":", str(2 * 98 + 1): ":"}
    imported, report = read_answer(tmp_path, found)
    assert np.isnan(imported.of("3234")[0, 1, [98, 99], 0]).all()
    assert imported.of("3234")[0, 0, 99, 0] == 1
    assert any("2 celler holdt tilbake" in line and "ikke som null" in line for line in report.left_out)


def test_country_and_counties_are_left_out(tmp_path: Path) -> None:
    found = observed(dimensions={"Region": ["0", "F-32", "K-3234", "K-21-22 Svalbard"]})
    imported, report = read_answer(tmp_path, found)
    assert imported.codes == ("3234",)
    assert any("3 områder" in line for line in report.left_out)


def test_the_chain_of_three_codes_becomes_one_series(tmp_path: Path) -> None:
    lived = {"0533": range(2018, 2020), "3054": range(2020, 2024), "3234": range(2024, 2027)}
    years = [str(year) for year in range(2018, 2027)]
    found = observed(
        years=years,
        dimensions={"Region": list(lived)},
        value=lambda code, age, content, year: 3 if int(year) in lived[code] else 0,
    )
    imported, _ = read_answer(tmp_path, found)
    assert list(imported.years) == list(range(2018, 2027))
    assert (imported.of("3234") == 3).all()


def test_a_merged_municipality_needs_all_its_parts(tmp_path: Path) -> None:
    found = observed(years=["2018"], dimensions={"Region": ["0533", "1103"]})
    imported, report = read_answer(tmp_path, found)
    assert imported.codes == ("3234",)
    assert any("1103" in line and "1141" in line for line in report.left_out)


def test_a_divided_municipality_is_shared_out(tmp_path: Path) -> None:
    imported, report = read_answer(tmp_path, observed("1507", years=["2021"], value=lambda *_: 8))
    assert imported.codes == ("1508", "1580")
    assert (imported.persons == 4).all()
    assert any("anslag" in line for line in report.repaired)


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        words = ["import", str(SAMPLES / "own_layout_2026.csv"), "--data", str(tmp_path)]
        assert CliRunner().invoke(app, words).exit_code == 0
    assert len(imports(tmp_path / "imports" / "population")) == 1


REFUSED = {
    "RECONSTRUCTED_v0_metadata_14746.json": "metadata",
    "klass_131_kommune_codesAt_2026-01-01.json": "ikke JSON-stat2",
    "pxwebapi_v0_post_query_14288.json": "JSON",
    "pxwebapi_v0_saved_query_07459.json": "spørring",
    "pxwebapi_v2_config.json": "ikke JSON-stat2",
    "pxwebapi_v2_data_07459_oslo_abridged.json": "mangler «dimension»",
    "pxwebapi_v2_data_12134_jsonstat2.json": "mangler Alder",
    "pxwebapi_v2_error_404_url_too_long.json": "ikke JSON-stat2",
    "pxwebapi_v2_error_responses.json": "ikke JSON-stat2",
    "pxwebapi_v2_metadata_05810_jsonstat2.json": "metadata",
    "ssb07459_actuals_by_ageband_telemark17_norway.parquet": "mangler Alder",
    "ssb07459_lunner_3054_age_sex_2020_2021.csv": "linje 2",
    "ssb14288_county_total_population_projection_2024_2050.csv": "mangler Region, Alder og Kjonn",
    "ssb14746_norway_projection_2026_2050_by_ageband.csv": "kolonne",
    "ssb_projection_rounds_2005_2026_telemark17_norway.parquet": "mangler Alder",
}
READ = {
    "RECONSTRUCTED_v2_data_07459_lunner_2022_2026.json": (1, 5, None),
    "ssb_statbank_export_07459_semicolon_2021_lunner_jevnaker_gran.csv": (3, 1, None),
    "ssb07459_lunner_3234_age_2005_2026.csv": (1, 22, "3234"),
    "ssb07459_population_age_municip_2005_2026_b2024.parquet": (357, 22, None),
    "ssb07459_population_age_sex_municip_2020_2021_b2020.parquet": (357, 2, None),
    "DERIVED_lunner_projection_age_sex_2026_2050.csv.gz": (1, 25, "3234"),
}


def real(name: str) -> Path:
    return next(
        folder / name
        for folder in (LARGE_FILES / "ssb_format", LARGE_FILES / "population")
        if (folder / name).exists()
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", READ)
def test_every_real_file_with_ages_is_read(name: str) -> None:
    municipalities, years, whose = READ[name]
    imported, _ = read(real(name), whose)
    assert (len(imported.codes), len(imported.years)) == (municipalities, years)
    data = figures()
    for at, year in enumerate(imported.years):
        if imported.observed and "3234" in imported.codes:
            assert imported.of("3234")[0, at].sum() == lunner(int(year)).sum()
    assert len(data.codes) == 357


@pytest.mark.shared
@pytest.mark.parametrize("name", REFUSED)
def test_every_other_real_file_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    copy = tmp_path / name
    shutil.copyfile(real(name), copy)
    result = CliRunner().invoke(app, ["import", str(copy), "--data", str(tmp_path / "data")])
    assert REFUSED[name] in str(result.exception)
    assert not list((tmp_path / "data").rglob("*.npz"))


def test_an_import_that_is_damaged_on_disk_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "imports" / "population"
    folder.mkdir(parents=True)
    (folder / "14746-x.npz").write_bytes(b"PK not really")
    result = CliRunner().invoke(app, ["show", "-m", "3234", "--data", str(tmp_path)])
    assert "14746-x.npz" in str(result.exception) and "importer" in str(result.exception.remedy)  # type: ignore[union-attr]
