"""Own personas made through their form, and what was kept of them."""

import re
from html import unescape
from uuid import uuid4

from trinnvis.personas.models import PersonaVersion

SHELF = "/plan/forlop"


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def make(client, title: str = "Berit (72) bor langt unna", **typed: object) -> str:
    """A copy of Johs under another title; its address."""
    said = {"copy_of": "johs", "title": title, "name": "Berit", "submission": uuid4().hex, **typed}
    answer = client.post(f"{SHELF}/ny", said)
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"]


def newest(address: str) -> PersonaVersion:
    pk = int(address.rsplit("-", 1)[1])
    return PersonaVersion.objects.filter(persona=pk).order_by("revision").last()


def error_on(answer, field: str) -> str:
    found = re.search(rf'id="id_{re.escape(field)}_error".*?</div>', answer.content.decode(), re.S)
    return unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""
