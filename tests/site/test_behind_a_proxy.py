"""Production behind a proxy that ends HTTPS: pages and forms come through, and nobody else is believed."""

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Run, answered, environment, free_port

pytestmark = pytest.mark.once

LOGIN = """
class Login:
    def start(self, request, return_url): ...
    def finish(self, request): ...
"""
HOST = "trinnvis.example"
KEYS = {f"TRINNVIS_{name}": name * 10 for name in ("SECRET_KEY", "SEALING_KEY_1", "INDEX_KEY")}
PRODUCTION = {
    **KEYS,
    "TRINNVIS_ENV": "production",
    "TRINNVIS_HOSTS": HOST,
    "TRINNVIS_IDENTITY_PROVIDER": "our_login.Login",
}
BY_HTTPS = {"X-Forwarded-Proto": "https"}


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "our_login.py").write_text(LOGIN)
    return {**PRODUCTION, "PYTHONPATH": f"{tmp_path}:{':'.join(filter(None, sys.path))}"}


@pytest.fixture(params=["yes", ""])
def port(request: pytest.FixtureRequest, production: dict[str, str], migrated: Path) -> Iterator[int]:
    """A server in production, that has been told of its proxy or not."""
    port = free_port()
    told = {**production, "TRINNVIS_BEHIND_HTTPS_PROXY": request.param}
    server = subprocess.Popen(
        [sys.executable, "-m", "trinnvis", "serve", "--port", str(port)], env=environment(migrated, **told)
    )
    try:
        answered(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def ask(
    port: int, method: str, path: str, body: str = "", **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, {"Host": HOST, **headers})
    response = connection.getresponse()
    return response.status, response.headers, response.read().decode()


@pytest.mark.parametrize("port", ["yes"], indirect=True)
def test_pages_and_forms_come_through_and_cookies_are_secure(port: int) -> None:
    status, headers, page = ask(port, "GET", "/personvern", **BY_HTTPS)
    assert status == 200
    cookie = headers["Set-Cookie"]
    assert "Secure" in cookie and headers["Strict-Transport-Security"]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    sent = f"csrfmiddlewaretoken={token[1]}&language=nn&next=/personvern"
    form = {
        **BY_HTTPS,
        "Cookie": cookie.partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    status, headers, _ = ask(port, "POST", "/sprak", sent, Origin=f"https://{HOST}", **form)
    assert (status, headers["Location"]) == (302, "/personvern")
    assert ask(port, "POST", "/sprak", sent, Origin="https://elsewhere.example", **form)[0] == 403
    # What came over plain HTTP is sent on to HTTPS.
    status, headers, _ = ask(port, "GET", "/personvern", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["Location"]) == (301, f"https://{HOST}/personvern")


@pytest.mark.parametrize("port", [""], indirect=True)
def test_the_header_is_not_believed_unless_the_administrator_says_so(port: int) -> None:
    assert ask(port, "GET", "/personvern", **BY_HTTPS)[0] == 301


def test_check_asks_for_the_proxy_and_the_login(run: Run, migrated: Path, production: dict[str, str]) -> None:
    lacking = {name: value for name, value in production.items() if name != "TRINNVIS_IDENTITY_PROVIDER"}
    told = run("check", **lacking).stdout
    assert "TRINNVIS_BEHIND_HTTPS_PROXY er ikke satt" in told
    assert "Sett TRINNVIS_IDENTITY_PROVIDER" in told
    told = run("check", **production, TRINNVIS_BEHIND_HTTPS_PROXY="yes").stdout
    assert "Innstillingene er gyldige" in told
    assert "HTTPS_PROXY" not in told
