"""The contact form in tests: what is typed on each step, and the buttons pressed."""

from typing import Any

from django.test import Client

WORDS = "Jeg vil gå til butikken selv,\nog sove om natta."
ABOUT_ME = {"about": "meg", "phone": "99 88 77 66"}
STEPS: dict[int, dict[str, str]] = {
    1: ABOUT_ME,
    2: {"what_matters": WORDS},
    3: {"what_i_manage": "Lager mat"},
    4: {"who_is_around": "Odd"},
    5: {"how_i_live": "Enebolig med trapp"},
    6: {"urgent": "nei", "application": "ja", "applies_for": "Hjelp til å dusje"},
}


def page(html: str, name: str) -> str:
    """The value of a hidden field."""
    return html.split(f'name="{name}" value="')[1].split('"')[0]


def step(web: Client, number: int, answers: dict[str, str], go: str = "next", **more: Any) -> Any:
    """Open a step, and press a button with these answers typed."""
    html = web.get(f"/kontakt/steg/{number}").content.decode()
    fields = {"mark": page(html, "mark"), "form_owner": page(html, "form_owner"), "go": go, **answers}
    return web.post(f"/kontakt/steg/{number}", fields, **more)


def fill(web: Client, **changed: dict[str, str]) -> None:
    for number, answers in STEPS.items():
        assert step(web, number, changed.get(f"step{number}", answers)).status_code == 302


def send(web: Client) -> Any:
    html = web.get("/kontakt/oppsummering").content.decode()
    return web.post("/kontakt/oppsummering", {name: page(html, name) for name in ("submission_key", "mark")})
