"""The event chain: what `trinnvis audit verify` does for each event."""

from collections.abc import Iterator
from datetime import UTC, datetime

from registry import Once, bench

EVENTS = 1000


@bench("verify a chain of 1,000 events, without the database")
def verify_chain() -> Iterator[Once]:
    from trinnvis.casework.rules import chain

    at = datetime(2026, 3, 10, 9, tzinfo=UTC)
    links: list[tuple[chain.EventFacts, str, str]] = []
    last = ""
    for sequence in range(1, EVENTS + 1):
        facts = chain.EventFacts(
            case_number="2026-00001",
            sequence=sequence,
            at=at,
            actor_id=1,
            actor_name="Sara",
            actor_role="case_worker",
            verb="write",
            data={"topic": "home", "text": "Jeg vil bo hjemme. " * 20},
            reason="",
            request_id="",
            software="",
        )
        previous, last = last, chain.event_hash(last, facts)
        links.append((facts, previous, last))
    assert chain.breaks(links, number="2026-00001", count=EVENTS, last=last) == []
    yield lambda: chain.breaks(links, number="2026-00001", count=EVENTS, last=last)
