"""Make the small care figures that ship with the demand forecast, from the public files in ../shared/data.

A developer's tool: run it when a new year is published. Suppressed cells stay suppressed, never zero.

    python scripts/pack_care.py [--from ../shared/data]
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/trinnvis/planning/demand/data"
AGES = 106
PEOPLE_YEAR = 2026
PANEL_BANDS = {"0_66": "0-66", "67_79": "67-79", "80p": "80+"}
DERIVED_BANDS = {"67-74": (67, 74), "75-79": (75, 79), "80-84": (80, 84), "85-89": (85, 89), "90+": (90, 105)}
HELSEDIR_BANDS = {
    "0-17": (0, 17),
    "18-49": (18, 49),
    "50-66": (50, 66),
    "67-79": (67, 79),
    "80-89": (80, 89),
    "90+": (90, 105),
}
# The same six, as SSB's table of hours per week writes them.
HOURS_BANDS = {
    "0-17": "0_17",
    "18-49": "18_49",
    "50-66": "50_66",
    "67-79": "67_79",
    "80-89": "80_89",
    "90+": "90p",
}

Rows = list[dict[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=ROOT.parent / "shared/data")
    shared = parser.parse_args().folder
    care = shared / "care_use"
    nation = nation_by_age(shared / "population")
    panel = read(care / "ssb_care_panel_lunner_peers_2007_2025.csv")
    write_panel(panel, read(care / "ssb11643_home_nursing_hours_lunner_peers_2009_2025.csv"))
    national = write_national(care)
    write_rates(care, nation, national, housing_level(panel, shared / "population"))
    write_hours(care)


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(name: str, header: list[str], rows: list[list[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def write_panel(panel: Rows, hours: Rows) -> None:
    """code, year, measure, band, value, status: observed, derived (by subtraction), suppressed or missing."""
    yearly = {(row["code"], row["year"]): row["hours_per_year"] for row in hours}
    rows: list[list[object]] = []
    for row in panel:
        key = (row["code"], row["year"])
        for service, prefix in (("home_care", "homecare_users"), ("long_term", "longterm_inst")):
            cells = {band: row[f"{prefix}_{column}"] for column, band in PANEL_BANDS.items()}
            total = row[f"{prefix}_total"]
            statuses = dict.fromkeys(cells, "observed")
            blank = [band for band, value in cells.items() if value == ""]
            for band in blank:
                statuses[band] = "suppressed" if total else "missing"
            if total and len(blank) == 1:
                cells[blank[0]] = str(int(total) - sum(int(cells[b]) for b in cells if b != blank[0]))
                statuses[blank[0]] = "derived"
            rows += [[*key, service, band, cells[band], statuses[band]] for band in cells]
            rows.append([*key, service, "all", total, "observed" if total else "missing"])
        housing = row["housing_24h_staffed_users"]
        known_years = int(row["year"]) >= 2008
        status = "observed" if housing else ("suppressed" if known_years else "missing")
        rows.append([*key, "housing_24h", "all", housing, status])
        for measure, value in (
            ("hours_per_week", row["hours_week_home_nursing"]),
            ("hours_per_year", yearly.get(key, "")),
            ("nurse_fte", row["nurse_fte"]),
        ):
            if value:
                rows.append([*key, measure, "all", value, "observed"])
    names = {row["code"]: row["name"] for row in panel}
    write("care_panel.csv", ["code", "year", "measure", "band", "value", "status"], sorted(rows, key=str))
    write("panel_municipalities.csv", ["code", "name"], sorted([[c, n] for c, n in names.items()]))


def write_national(care: Path) -> dict[tuple[str, int], float]:
    """measure, year, value. Counts of persons on 31 December, and KOSTRA's shares and costs."""
    found: dict[tuple[str, int], float] = {}
    indicators = {
        "Andel innb. 80+ som bruker hjemmetjenester (%)": "home_care_80p_percent",
        "Andel innb. 80+ med institusjonsopphold (%)": "institution_80p_percent",
        "Andel brukere av hjemmetjenester 0-66 år (%)": "home_care_users_0_66_percent",
        "Utgifter per oppholdsdøgn i institusjon (kr)": "kr_per_stay_day",
        "Årsverk per bruker av omsorgstjenesten (årsverk)": "fte_per_user",
    }
    for row in read(care / "ssb_kostra_12209_etc_landet_oslo_akershus_2020_2025.csv"):
        if row["region"] == "Landet" and row["indicator"] in indicators and row["value"]:
            found[indicators[row["indicator"]], int(row["year"])] = float(row["value"])
    keys = {
        "longterm_residents_31dec": "long_term",
        "shortterm_residents_31dec": "short_term",
        "care_services_fte_total": "care_fte",
        "care_services_gross_operating_expenditure_bn_nok": "care_bn_nok",
    }
    for row in read(care / "ssb_norway_care_key_figures_2022_2023.csv"):
        if row["indicator"] in keys:
            found[keys[row["indicator"]], int(row["year"])] = float(row["value"])
    groups = {
        "living situation: long-term institution": "long_term",
        "service group: home-dwelling services": "home_dwelling",
    }
    for row in read(care / "helsedir_recipients_by_service_2012_2024.csv"):
        if row["category"] in groups and row["count_basis"] == "31_dec":
            found.setdefault((groups[row["category"]], int(row["year"])), float(row["persons"]))
    ages = {("homecare_users", "80_89"), ("homecare_users", "90p")}
    old: dict[int, float] = defaultdict(float)
    for row in read(care / "ssb_norway_care_users_by_age_1992_2010.csv"):
        if (row["measure"], row["age_band"]) in ages and row["persons"]:
            old[int(row["year"])] += float(row["persons"])
    found |= {("home_care_80p", year): persons for year, persons in old.items()}
    write("national.csv", ["measure", "year", "value"], [[m, y, v] for (m, y), v in sorted(found.items())])
    return found


def nation_by_age(folder: Path) -> dict[int, np.ndarray]:
    """Norway's population on 1 January by age, both sexes, for the years the shapes need."""
    path = folder / "ssb07459_population_age_municip_2005_2026_b2024.parquet"
    wanted = [("level", "==", "nation"), ("year", "in", [2009, 2010, PEOPLE_YEAR])]
    table = parquet.read_table(path, filters=wanted).to_pydict()
    people = {year: np.zeros(AGES) for year in (2009, 2010, PEOPLE_YEAR)}
    for year, age, persons in zip(table["year"], table["age"], table["persons"], strict=True):
        people[int(year)][min(int(age), AGES - 1)] += float(persons)
    return people


def housing_level(panel: Rows, folder: Path) -> float:
    """Residents of housing with staff day and night per inhabitant in the panel, mean of the last three
    years."""
    users = people = 0.0
    for row in panel:
        if int(row["year"]) >= 2023 and row["housing_24h_staffed_users"]:
            users += float(row["housing_24h_staffed_users"])
            people += float(row["pop_total"])
    return users / people


def write_rates(
    care: Path, nation: dict[int, np.ndarray], national: dict[tuple[str, int], float], housing: float
) -> None:
    """service, age, female, male: users per person in Norway 2025, by single year of age."""
    people = nation[PEOPLE_YEAR]
    derived = read(care / "DERIVED_norway_coverage_by_5yr_age_2025.csv")
    by_measure: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for row in derived:
        by_measure[row["measure"]][DERIVED_BANDS[row["age_band"]]] = float(row["DERIVED_per_100_2025"]) / 100
    home = by_measure["home_care_users"]
    old_users = sum(rate * people[a : b + 1].sum() for (a, b), rate in home.items())
    share = national["home_care_users_0_66_percent", 2025] / 100
    young = young_home_care(care, nation[2010])
    expected = sum(rate * people[a : b + 1].sum() for (a, b), rate in young.items())
    factor = old_users * share / (1 - share) / expected
    home_rates = {span: rate * factor for span, rate in young.items()} | home

    institution = by_measure["institution_residents"]
    under_67 = [
        r for r in read(care / "ssb_norway_care_users_by_age_1992_2010.csv") if r["age_band"] == "0_66"
    ]
    in_2010 = next(
        float(r["persons"])
        for r in under_67
        if r["year"] == "2010" and r["measure"] == "institution_residents"
    )
    scale = next(float(r["scale_factor"]) for r in derived if r["measure"] == "institution_residents")
    # No source tells ages under 67 in institution: all laid on 50-66.
    per_person = in_2010 * scale / nation[2010][50:67].sum()
    residents = {(0, 49): 0.0, (50, 66): per_person} | institution
    long, short = national["long_term", 2023], national["short_term", 2023]
    long_share = long / (long + short)

    care_housing = {(0, 17): 0.0, (18, 66): 0.471, (67, 79): 2.063, (80, 89): 8.889, (90, 105): 20.604}
    expected = sum(rate * people[a : b + 1].sum() for (a, b), rate in care_housing.items())
    level = housing * people.sum() / expected
    services = {
        "home_care": home_rates,
        "short_term": {span: rate * (1 - long_share) for span, rate in residents.items()},
        "housing_24h": {span: rate * level for span, rate in care_housing.items()},
        "long_term": {span: rate * long_share for span, rate in residents.items()},
    }
    by_sex = sex_ratios(care)
    rows: list[list[object]] = []
    for service, bands in services.items():
        rates = smooth(bands, people)
        for age in range(AGES):
            female, male = (rates[age] * by_sex[age][sex] for sex in (0, 1))
            rows.append([service, age, f"{female:.7g}", f"{male:.7g}"])
    write("rates.csv", ["service", "age", "female", "male"], rows)


def young_home_care(care: Path, people_2010: np.ndarray) -> dict[tuple[int, int], float]:
    """The shape under 67: recipients with hours 2009 per inhabitant 1 January 2010. The level is set
    elsewhere."""
    rates: dict[tuple[int, int], float] = {}
    for row in read(care / "ssb_hours_per_week_homecare_by_age_and_need.csv"):
        if row["reference"] == "2009" and row["need_level"] == "all":
            for band in ("0-17", "18-49", "50-66"):
                if row["age_band"] == HOURS_BANDS[band]:
                    first, last = HELSEDIR_BANDS[band]
                    people = people_2010[first : last + 1].sum()
                    rates[first, last] = float(row["n_recipients_with_hours"]) / people
    return rates


def smooth(bands: dict[tuple[int, int], float], people: np.ndarray) -> np.ndarray:
    """Band rates as rates by single year: flat under 67, log-linear between midpoints above, band means
    kept."""
    rates = np.zeros(AGES)
    old = sorted(span for span in bands if span[0] >= 67)
    ages = np.arange(AGES)
    middles = [np.average(ages[a : b + 1], weights=people[a : b + 1]) for a, b in old]
    curve = np.exp(np.interp(ages, middles, [np.log(bands[span]) for span in old]))
    for (first, last), rate in bands.items():
        span = slice(first, last + 1)
        if first < 67:
            rates[span] = rate
        else:
            mean = np.average(curve[span], weights=people[span])
            rates[span] = curve[span] * rate / mean
    return rates


def sex_ratios(care: Path) -> list[tuple[float, float]]:
    """By age: women's and men's use of any service over both sexes', in 2022."""
    pct = {
        (row["sex"], row["age_band"]): float(row["share_of_population_pct"])
        for row in read(care / "helsedir_recipients_any_service_by_age_sex_2022.csv")
    }
    ratios = []
    for age in range(AGES):
        band = next(name for name, (first, last) in HELSEDIR_BANDS.items() if first <= age <= last)
        both = pct["both", band]
        ratios.append((pct["female", band] / both, pct["male", band] / both))
    return ratios


def write_hours(care: Path) -> None:
    """first_age, last_age, hours per week: decided hours per user of home care, all need levels, about
    2014."""
    rows: list[list[object]] = []
    for row in read(care / "ssb_hours_per_week_homecare_by_age_and_need.csv"):
        for band, (first, last) in HELSEDIR_BANDS.items():
            later = row["reference"] != "2009" and row["need_level"] == "all"
            if later and row["age_band"] == HOURS_BANDS[band]:
                rows.append([first, last, row["hours_per_week"]])
    write("hours_by_age.csv", ["first_age", "last_age", "hours_per_week"], rows)


if __name__ == "__main__":
    main()
