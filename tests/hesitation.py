"""A server that hesitates, as a busy machine does: with it, a browser test that does not wait is found out.

HESITANT_PAGES=0.25 names the pause in seconds. Each page comes in three pieces, the first with nothing to see
and the second with everything but its end; each script comes late.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

PAUSE = float(os.environ.get("HESITANT_PAGES", "0"))


class Hesitant:
    """The middleware before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        answer = self.get_response(request)
        kind = answer.headers.get("Content-Type", "")
        # The suite asks some pages of a client without a browser, which reads them whole.
        if "Mozilla" not in request.headers.get("User-Agent", ""):
            return answer
        if "javascript" in kind:
            time.sleep(PAUSE)
        if answer.streaming or not kind.startswith("text/html"):
            return answer
        time.sleep(PAUSE)
        hesitant = StreamingHttpResponse(_in_pieces(answer.content), status=answer.status_code)
        for name, said in answer.items():
            if name != "Content-Length":
                hesitant[name] = said
        hesitant.cookies = answer.cookies
        return hesitant


def _in_pieces(page: bytes) -> Iterator[bytes]:
    title, end = page.find(b"<title"), page.rfind(b"</main>")
    places = [0, *(place for place in (title, end) if place > 0), len(page)]
    for begin, stop in pairwise(places):
        yield page[begin:stop]
        time.sleep(PAUSE)
