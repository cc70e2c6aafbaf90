"""Documents that list what is in the program list all of it, and no link leads nowhere."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
NOT_TERMS = {"DemoBuild"}  # our own bookkeeping, not a term of the trade


def test_every_dependency_has_its_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    wanted = {re.match(r"[\w.-]+", line).group().lower() for group in groups for line in group}  # type: ignore[union-attr]
    page = (ROOT / "docs" / "developer" / "dependencies.md").read_text()
    told = {
        row.group(1).lower() for row in re.finditer(r"^\| ([\w.-]+) \| [^|]+ \| [^|]{10,} \|$", page, re.M)
    }
    assert told - {"package"} == wanted


def test_every_model_is_in_the_glossary() -> None:
    ours = {m.__name__ for m in apps.get_models() if m.__module__.startswith("trinnvis.")} - NOT_TERMS
    assert {name for name in ours if f"`{name}`" not in GLOSSARY} == set()


def test_every_variable_the_program_reads_is_documented() -> None:
    page = (ROOT / "docs" / "developer" / "settings.md").read_text()
    read = re.compile(r"""(?:environ(?:\.get)?[(\[]|envvar=)\s*["']([A-Z_]+)["']""")
    used = {name for file in (ROOT / "src").rglob("*.py") for name in read.findall(file.read_text())}
    assert "TRINNVIS_DATA" in used
    elsewhere = {"DJANGO_SETTINGS_MODULE", "XDG_DATA_HOME"}
    assert {name for name in used - elsewhere if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_leads_nowhere(document: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text())
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []
