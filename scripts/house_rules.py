"""The house rules that no other tool knows. Prints file, line and rule for each breach; exits 1 on any."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400

# The one clock, and what makes things outside a request, may ask the computer for the time.
ASKS_THE_CLOCK = {"src/trinnvis/site/clock.py"}

FORBIDDEN_IN_CODE = (
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "an unfinished thought: finish it or file an issue"),
    (re.compile(r"\bNotImplementedError\b"), "a stub"),
    (re.compile(r"except (Base)?Exception:\s*(#.*)?$"), "name the error, or bind it and say what it was"),
    (re.compile(r"\b(datetime|timezone|date)\.(now|today|utcnow)\("), "only site.clock asks for the time"),
)
FORBIDDEN_IN_TEMPLATES = (
    (re.compile(r"\sstyle="), "the content security policy blocks inline style"),
    (re.compile(r"\son[a-z]+="), "the content security policy blocks inline script"),
    (re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"), "the content security policy blocks inline script"),
    (re.compile(r"(?<!help_text)\|\s*safe\b|{%\s*autoescape off"), "unescaped text"),  # help texts are ours
    (
        re.compile(r"<(?!a\b)[^<>]*\b(src|href)=[\"']https?://", re.I),
        "nothing is fetched from elsewhere at run time",
    ),
)
# Where this was written is nobody's business and no use on another machine.
FORBIDDEN_EVERYWHERE = (
    (re.compile(r"(?<![\w.])/(home|Users|root|work)/[\w.-]+"), "a path on somebody's machine"),
    (
        re.compile(r"--(extra-)?index-url\s+http|https?://[^/\s]*\b(pypi|npm|registry)[^/\s]*/simple"),
        "a registry's address",
    ),
)
# In the model of the ladder every random word is a function of who, when and which draw.
RANDOM = re.compile(
    r"\b(np|numpy)\.random\b|^\s*(import random|from random|from numpy\.random|import numpy\.random)\b"
)
OWN_GENERATOR = {"src/trinnvis/planning/ladder/counting.py"}  # keyed by seed, municipality and draw
FLOAT_FIELD = re.compile(r"\b(FloatField\(|float\()")


def breaches() -> Iterator[tuple[str, int, str]]:
    """Every breach as (path, line, what)."""
    for name in tracked_files():
        path = ROOT / name
        if name == "scripts/house_rules.py" or not path.is_file():
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        rules = list(FORBIDDEN_EVERYWHERE)
        product = name.startswith("src/trinnvis/")
        if name.endswith(".py") and "/migrations/" not in name:
            if len(lines) > LONGEST:
                yield name, len(lines), f"longer than {LONGEST} lines: two things in one file"
            if product:
                rules += [r for r in FORBIDDEN_IN_CODE if not (name in ASKS_THE_CLOCK and "clock" in r[1])]
                if name.startswith("src/trinnvis/planning/ladder/") and name not in OWN_GENERATOR:
                    rules.append((RANDOM, "a generator: use planning.ladder.philox"))
                rules += [(FLOAT_FIELD, "money and amounts are Decimal")] if is_domain(name) else []
        if product and name.endswith(".html"):
            rules += FORBIDDEN_IN_TEMPLATES
        for number, line in enumerate(lines, start=1):
            for pattern, what in rules:
                if pattern.search(line) and "# house:" not in line:
                    yield name, number, what


def is_domain(name: str) -> bool:
    """Whether the file is in a package that holds amounts."""
    return name.split("/")[2] in {"policy", "pricing", "resources", "casework", "letters", "exchange"}


def tracked_files() -> list[str]:
    """What git tracks or would track, without vendored files and locks."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [
        name for name in listed if "/vendor/" not in name and not name.endswith((".lock", ".svg", "LICENSE"))
    ]


def main() -> int:
    found = list(breaches())
    for name, line, what in found:
        print(f"{name}:{line}: {what}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
