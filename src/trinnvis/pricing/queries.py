"""Read price lists: which one counts when, what each holds, and the indexes to convert by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.policy.canonical import fingerprint
from trinnvis.policy.model import Policy, PriceRow
from trinnvis.policy.queries import PolicyChanged
from trinnvis.resources.indexing import IndexSeries
from trinnvis.resources.price_book import PriceBook, rows_on, timeline

from .errors import NotFound
from .models import PriceDraft, PriceDraftRow, PriceEvent, PriceIndex, PriceList

POLICY_KEY = "politikk"
DRAFT_KEY = "utkast-"


@dataclass(frozen=True)
class Named:
    """A set of prices one can look at, by its key in addresses and commands.

    Keys: `politikk`, an adopted list's number, or `utkast-` and a draft's id.
    """

    key: str
    book: PriceBook
    adopted: PriceList | None = None
    draft: PriceDraft | None = None


def priced(policy: Policy, known_at: datetime) -> Policy:
    """The policy with the prices of the lists that had been adopted at a moment, each from its own first day.

    What is priced at a moment is thereby priced the same for ever: lists adopted later change nothing.
    Where no list had been adopted, the policy's own prices stand.
    """
    books = _books(PriceList.objects.filter(adopted_at__lte=known_at))
    if not books:
        return policy
    return policy.model_copy(update={"prices": timeline(policy.prices, books)})


def book_at(on: date, known_at: datetime) -> PriceBook | None:
    """The adopted list in force on a day, as known at a moment; None where there is none."""
    books = _books(PriceList.objects.filter(adopted_at__lte=known_at, valid_from__lte=on))
    return max(books, key=lambda book: book.valid_from or date.min, default=None)


def policy_book(policy: Policy, on: date) -> PriceBook:
    """The policy's own prices on a day, as a list."""
    return PriceBook(_("Prisene i den vedtatte politikken"), rows_on(policy.prices, on))


def named(key: str, policy: Policy, on: date) -> Named:
    """The prices that a key stands for.

    Raises:
        NotFound: there are none.
    """
    if key == POLICY_KEY:
        return Named(key, policy_book(policy, on))
    if key.startswith(DRAFT_KEY):
        draft = draft_of(_whole(key.removeprefix(DRAFT_KEY)))
        return Named(key, PriceBook(draft.title, tuple(map(row_of, draft.rows.all()))), draft=draft)
    adopted = list_numbered(_whole(key))
    return Named(key, book_of(adopted), adopted=adopted)


def list_numbered(number: int) -> PriceList:
    """
    Raises:
        NotFound: there is no adopted list with this number.
    """
    found = PriceList.objects.select_related("adopted_by").filter(number=number).first()
    if found is None:
        raise NotFound("list")
    return found


def draft_of(draft_id: int) -> PriceDraft:
    """
    Raises:
        NotFound: there is no such draft.
    """
    found = PriceDraft.objects.select_related("changed_by", "created_by", "adopted_as").filter(pk=draft_id)
    draft = found.first()
    if draft is None:
        raise NotFound("draft")
    return draft


def draft_rows(draft: PriceDraft) -> list[tuple[PriceDraftRow, PriceRow]]:
    """The rows as stored, with what they say."""
    return [(stored, row_of(stored)) for stored in draft.rows.select_related("changed_by")]


def stored_row(draft: PriceDraft, row_id: int) -> PriceDraftRow:
    """
    Raises:
        NotFound: the draft has no such row.
    """
    found = draft.rows.select_related("changed_by").filter(pk=row_id).first()
    if found is None:
        raise NotFound("row")
    return found


def row_of(stored: PriceDraftRow) -> PriceRow:
    return PriceRow.model_validate(stored.content)


def adopted_lists() -> list[PriceList]:
    """Every adopted list, the one that begins last first."""
    return list(PriceList.objects.select_related("adopted_by").defer("document"))


def open_drafts() -> list[PriceDraft]:
    """Drafts being written, the one changed last first."""
    return list(PriceDraft.objects.select_related("changed_by").filter(state=PriceDraft.State.OPEN))


def events_of(draft: PriceDraft, most: int = 50) -> list[PriceEvent]:
    """The newest of what was done to a draft."""
    return list(draft.events.select_related("by")[:most])


def indexes() -> list[PriceIndex]:
    """The newest import of each index, by title."""
    newest: dict[str, PriceIndex] = {}
    for index in PriceIndex.objects.select_related("imported_by"):
        newest.setdefault(index.code, index)
    return list(newest.values())


def index_of(code: str) -> IndexSeries:
    """The newest import of an index.

    Raises:
        NotFound: nobody has imported it.
    """
    found = PriceIndex.objects.filter(code=code).first()
    if found is None:
        raise NotFound("index")
    return series_of(found)


def series_of(index: PriceIndex) -> IndexSeries:
    levels = {int(year): Decimal(level) for year, level in index.levels.items()}
    return IndexSeries(index.code, index.title, index.source, index.licence, levels)


def book_of(adopted: PriceList) -> PriceBook:
    """An adopted list with the name figures made from it are credited to.

    Raises:
        PolicyChanged: someone has been at the database since it was adopted.
    """
    rows = _adopted_rows(adopted.number, adopted.sha256)
    words = _("Prisliste %(number)s, «%(title)s», gjelder fra %(day)s (%(decision)s)") % {
        "number": adopted.number,
        "title": adopted.title,
        "day": formats.long_date(adopted.valid_from),
        "decision": adopted.decision,
    }
    return PriceBook(words, rows, adopted.valid_from)


def _books(lists: Iterable[PriceList]) -> list[PriceBook]:
    return [book_of(adopted) for adopted in lists.defer("document")]  # type: ignore[attr-defined]


@lru_cache(maxsize=64)
def _adopted_rows(number: int, sha256: str) -> tuple[PriceRow, ...]:
    """Cached for ever: an adopted list never changes. The fingerprint keeps different databases apart."""
    document = PriceList.objects.values_list("document", flat=True).get(number=number)
    if fingerprint(document) != sha256:
        raise PolicyChanged(
            f"Prisliste {number} er endret i databasen etter at den ble vedtatt. Hent den fra sikkerhetskopi."
        )
    return tuple(PriceRow.model_validate(row) for row in document["rows"])


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotFound("key")
    return int(text)
