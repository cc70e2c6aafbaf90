"""What a letter (brev) says, as one frozen value: the portal page and the PDF are two views of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a letter's table, such as a service and how much of it."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a heading for each column; `caption` says what it shows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, in reading order: paragraphs, bullets, then a table."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Sender:
    """Who the letter is from."""

    name: str
    unit: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LetterContent:
    """A whole letter. `title` is the result itself; `lead` is what the citizen must know first."""

    language: str
    title: str
    lead: tuple[str, ...]
    sender: Sender
    recipient_name: str
    recipient_address: tuple[str, ...]
    references: tuple[tuple[str, str], ...]  # (label, value): date, case number …
    sections: tuple[Section, ...]
    signatures: tuple[tuple[str, str], ...]  # (name, title)
    closing: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` gives the same letter back."""
        return asdict(self)


def from_json(data: dict[str, Any]) -> LetterContent:
    """The letter that `as_json` wrote."""
    return LetterContent(
        language=data["language"],
        title=data["title"],
        lead=tuple(data["lead"]),
        sender=Sender(data["sender"]["name"], data["sender"]["unit"], tuple(data["sender"]["lines"])),
        recipient_name=data["recipient_name"],
        recipient_address=tuple(data["recipient_address"]),
        references=tuple((label, value) for label, value in data["references"]),
        sections=tuple(_section(section) for section in data["sections"]),
        signatures=tuple((name, title) for name, title in data["signatures"]),
        closing=tuple(data["closing"]),
        keywords=tuple(data["keywords"]),
    )


def _section(data: dict[str, Any]) -> Section:
    table = data["table"]
    return Section(
        heading=data["heading"],
        paragraphs=tuple(data["paragraphs"]),
        bullets=tuple(data["bullets"]),
        table=table
        and Table(
            caption=table["caption"],
            headings=tuple(table["headings"]),
            rows=tuple(Row(tuple(row["cells"])) for row in table["rows"]),
        ),
    )
