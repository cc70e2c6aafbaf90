"""Makes the compact population data that ships with the package, from the large public files in
../shared/data.

A developer's tool: `python scripts/pack_population.py [FOLDER]`. Needs pyarrow. Run it when new figures are
published. The same input gives the same bytes, so that a diff means that the figures changed.
"""

import csv
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "trinnvis" / "planning" / "data"
AGES = 106
MISSING = -1
QX_DECIMALS = 6


def main(folder: Path) -> None:
    population = folder / "population"
    codes = pack_municipalities(folder)
    code_in_2020 = pack_code_changes(folder / "geo" / "municipality_code_changes_to_2024.csv")
    by_age = age_by_municipality(
        population / "ssb07459_population_age_municip_2005_2026_b2024.parquet", codes
    )
    by_sex = women_by_municipality(
        population / "ssb07459_population_age_sex_municip_2020_2021_b2020.parquet", codes, code_in_2020
    )
    write_npz("population.npz", codes=np.array(codes, dtype="U4"), **by_age, **by_sex)
    pack_life_tables(folder / "mortality" / "ssb07902_lifetable_qx_norway_2000_2025.csv.gz")
    pack_first_attempt(population / "DERIVED_holdout_error_cohort_projection_by_municipality_size.csv")
    pack_errors()


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def pack_municipalities(folder: Path) -> list[str]:
    """Codes in order; names as Klass 131 writes them, counties with each name apart."""
    klass = json.loads(
        (folder / "ssb_format" / "klass_131_kommune_codesAt_2026-01-01.json").read_text("utf-8")
    )
    names = {row["code"]: row["name"] for row in klass["response"]["codes"]}
    found = sorted(
        read_rows(folder / "geo" / "municipalities_2024_with_county.csv"), key=lambda row: row["municip_code"]
    )
    write_rows(
        "municipalities.csv",
        ["code", "name", "county_code", "county"],
        [
            [code, names[code], row["county_code"], row["county_name"].replace("-", " - ")]
            for row in found
            for code in [row["municip_code"]]
        ],
    )
    return [row["municip_code"] for row in found]


def pack_code_changes(path: Path) -> dict[str, list[str]]:
    """Every code with the code of today and the years it was in use; an open end is empty.

    The source lets codes that are new in 2024 begin in 2023. They began on 1 January 2024.
    Returns the codes of today for each code that was in use in 2020.
    """
    found = []
    in_2020: dict[str, list[str]] = {}
    for row in read_rows(path):
        first = 2024 if row["from_year"] == "2023" else int(row["from_year"])
        last = int(row["to_year"])
        ended = "" if last >= 2026 else str(last)
        found.append([row["original"], row["current"], row["weighting"], str(first), ended])
        if first <= 2020 <= last:
            in_2020.setdefault(row["original"], []).append(row["current"])
    write_rows(
        "municipality_codes.csv", ["code", "current", "weight", "first_year", "last_year"], sorted(found)
    )
    return in_2020


def age_by_municipality(path: Path, codes: list[str]) -> dict[str, np.ndarray]:
    """`persons[year, municipality, age]` with -1 where there is no figure, and `nation[year, age]`."""
    table = pq.read_table(path).to_pydict()
    where = {code: at for at, code in enumerate(codes)}
    persons = np.full((2026 - 2005 + 1, len(codes), AGES), MISSING, dtype=np.int16)
    nation = np.full((2026 - 1986 + 1, AGES), MISSING, dtype=np.int32)
    columns = zip(
        *(table[name] for name in ("level", "code", "year", "age", "persons")),
        strict=True,
    )
    for level, code, year, age, count in columns:
        if count != int(count):
            raise SystemExit(f"{level} {code} {year} {age}: {count} is not a whole number")
        if level == "municip":
            persons[year - 2005, where[code], age] = count
        elif level == "nation":
            nation[year - 1986, age] = count
    return {
        "years": np.arange(2005, 2027, dtype=np.int16),
        "persons": persons,
        "nation_years": np.arange(1986, 2027, dtype=np.int16),
        "nation": nation,
    }


def women_by_municipality(path: Path, codes: list[str], now: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """`women[year, municipality, age]` and `both_sexes[...]` for 2020 and 2021.

    A municipality divided since has the figures of the whole: only the share of women is used.
    """
    table = pq.read_table(path).to_pydict()
    where = {code: at for at, code in enumerate(codes)}
    women = np.zeros((2, len(codes), AGES), dtype=np.int32)
    both = np.zeros_like(women)
    columns = zip(*(table[name] for name in ("code_2020", "year", "sex", "age", "persons")), strict=True)
    for code, year, sex, age, count in columns:
        for current in now[code] if code else ():
            at = (year - 2020, where[current], age)
            both[at] += count
            if sex == "Females":
                women[at] += count
    return {
        "sex_years": np.array([2020, 2021], dtype=np.int16),
        "women": women.astype(np.int16),
        "both_sexes": both.astype(np.int16),
    }


def pack_life_tables(path: Path) -> None:
    """`qx[year, sex, age]` in millionths; sex 0 is female, 1 male; ages 0-106."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    years = sorted({int(row["year"]) for row in found})
    qx = np.full((len(years), 2, AGES + 1), MISSING, dtype=np.int32)
    for row in found:
        sex = ("Female", "Male").index(row["sex"])
        qx[int(row["year"]) - years[0], sex, int(row["age"])] = round(float(row["qx"]) * 10**QX_DECIMALS)
    if (qx == MISSING).any():
        raise SystemExit(f"{path.name}: ages are missing")
    write_npz("life_tables.npz", years=np.array(years, dtype=np.int16), qx_millionths=qx)


def pack_first_attempt(path: Path) -> None:
    """The hold-out errors of the first rough attempt, which the backtest is compared with."""
    header = ["base_year", "horizon", "band", "size", "median_ape"]
    write_rows(
        "population_first_attempt_errors.csv", header, [[row[k] for k in header] for row in read_rows(path)]
    )


def pack_errors() -> None:
    """The widths of the 80 % intervals, from the backtest on the figures just packed."""
    from trinnvis.planning.population import backtest, shipped
    from trinnvis.planning.population.sizes import SIZES

    shipped.figures.cache_clear()
    found = backtest.widths(shipped.figures())
    rows = [
        [band, SIZES[size], f"{width:.4f}", f"{power:.4f}"]
        for (band, size), (width, power) in sorted(found.items())
    ]
    write_rows("population_errors.csv", ["band", "size", "width_at_10_years", "power"], rows)


def write_npz(name: str, **arrays: np.ndarray) -> None:
    """As `numpy.savez_compressed`, but the same bytes each time (no time of writing) and packed harder."""
    with zipfile.ZipFile(TARGET / name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for key, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{key}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    print(f"{name}: {(TARGET / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT.parent / "shared" / "data")
