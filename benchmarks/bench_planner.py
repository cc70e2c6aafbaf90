"""The planning page as a slider moves: the server's whole answer, to a browser that draws the figures itself.
What the browser does (150 ms wait for the next move, swapping in, drawing) is not in it."""

from collections.abc import Iterator
from datetime import date

from adopted import adopted_policy
from registry import Once, bench


@bench("a slider moved: the planning page's answer, 3 scenarios, 9 figures", database=True, limit_ms=300)
def need_page() -> Iterator[Once]:
    from itertools import count

    from django.test import Client, override_settings

    from trinnvis.access.models import Account, StaffRole

    adopted_policy()
    account = Account.objects.create(subject="bench-planner", name="Planke")
    StaffRole.objects.create(account=account, role="planner", unit="kommunen", valid_from=date(2024, 1, 1))
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(account)
        moves = count()

        def once() -> object:
            """Never the same twice, so that nothing is answered from memory."""
            answer = client.get(
                "/plan/behov",
                {
                    "kommune": "3234",
                    "s": ["trend", "dreining", "standard"],
                    "f.trend.hjemmetjenester-80.yearly": f"{-2 - next(moves) % 1000 / 1000:.3f}",
                },
                headers={"HX-Request": "true", "Trinnvis-Draws": "browser"},
            )
            assert answer.status_code == 200 and b"figur-kroner" in answer.content
            return answer

        yield once
