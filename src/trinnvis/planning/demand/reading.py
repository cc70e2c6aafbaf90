"""Basis and scenarios read from YAML: those that ship, and the municipality's own folder or files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from trinnvis.planning import yaml_documents
from trinnvis.planning.demand.schema import Basis, Scenario
from trinnvis.policy import messages
from trinnvis.policy.yaml_source import Source
from trinnvis.trouble import Trouble

SUFFIXES: Final = {".yaml", ".yml"}
PLUS: Final = "+"
DRIVERS: Final = ("age_shift", "effect", "family_care", "hours_growth", "rate_trend", "step_shift")

Read = TypeVar("Read", bound=BaseModel)


class Library:
    """The basis and the scenarios to choose from; own files come instead of shipped ones of the same name."""

    def __init__(self, basis: Basis, scenarios: Iterable[Scenario]) -> None:
        self.basis = basis
        self.scenarios = {scenario.name: scenario for scenario in scenarios}

    def choose(self, wanted: str) -> Scenario:
        """The scenario of a name, or several together: `trend+housing`.

        Raises:
            Trouble: no such scenario, or the same twice.
        """
        names = [name.strip() for name in wanted.split(PLUS)]
        for name in names:
            if name not in self.scenarios:
                near = messages.nearest(name, list(self.scenarios))
                hint = f"Mente du {near}? " if near else ""
                raise Trouble(
                    f"Scenarioet «{name}» finnes ikke.", f"{hint}Velg blant {', '.join(self.scenarios)}."
                )
        if len(set(names)) < len(names):
            raise Trouble(f"«{wanted}» har samme scenario to ganger.", "Skriv hvert scenario én gang.")
        chosen = [self.scenarios[name] for name in names]
        return chosen[0] if len(chosen) == 1 else together(chosen)


def together(scenarios: Sequence[Scenario]) -> Scenario:
    """All their drivers in one scenario, in order.

    Raises:
        Trouble: two of them place the same service on different steps.
    """
    steps: dict[str, Any] = {}
    for scenario in scenarios:
        for service, parts in scenario.steps.items():
            if steps.setdefault(service, parts) != parts:
                raise Trouble(f"Scenarioene plasserer {service} på ulike trinn.", "Velg ett av dem.")
    drivers = [
        driver.model_copy(update={"code": f"{scenario.name}.{driver.code}"})
        for scenario in scenarios
        for driver in scenario.drivers
    ]
    # Built past validation: a joined name and code holds characters no file may use.
    return Scenario.model_construct(
        name=PLUS.join(scenario.name for scenario in scenarios),
        title=" + ".join(scenario.title for scenario in scenarios),
        description=" ".join(scenario.description for scenario in scenarios),
        drivers=tuple(drivers),
        steps=steps,
    )


def library(own: Sequence[Path] = ()) -> Library:
    """What ships, and what stands in files or folders of one's own.

    Raises:
        Trouble: a file that cannot be read or used, with its line and reason.
    """
    basis, shipped = _shipped()
    held = list(shipped)
    for path in _own_files(own):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Trouble(f"{path} kan ikke leses ({error.strerror}).", "Sjekk stien.") from error
        said = Source(str(path), data).value
        if isinstance(said, dict) and "services" in said and "name" not in said:
            basis = read(Basis, str(path), data)
        else:
            held.append(read(Scenario, str(path), data))
    return Library(basis, held)


@lru_cache(maxsize=1)
def _shipped() -> tuple[Basis, tuple[Scenario, ...]]:
    """Frozen, and the same as long as the program runs."""
    folder = files("trinnvis.planning.demand").joinpath("scenarios")
    basis = read(Basis, "basis.yaml", folder.joinpath("basis.yaml").read_bytes())
    order = ("constant", "trend", "healthy-ageing", "family-care", "standard", "dreining", "housing")
    return basis, tuple(
        read(Scenario, f"{name}.yaml", folder.joinpath(f"{name}.yaml").read_bytes()) for name in order
    )


def read(kind: type[Read], name: str, data: bytes) -> Read:
    """One YAML file as a checked document.

    Raises:
        Trouble: every fault (the first few) with file and line.
    """
    return yaml_documents.read(kind, name, data, called="Scenariofila", tags=DRIVERS)


def _own_files(own: Sequence[Path]) -> Iterable[Path]:
    for path in own:
        if path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
            if not found:
                raise Trouble(
                    f"Mappa {path} har ingen YAML-filer.", "Legg scenarioene i filer som slutter på .yaml."
                )
            yield from found
        elif path.exists():
            yield path
        else:
            raise Trouble(f"Fila {path} finnes ikke.", "Sjekk stien etter --scenario-file.")
