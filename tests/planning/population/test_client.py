"""The client of PxWebApi v2 against a service on this machine that answers as SSB has been seen to."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from planning.population.answers import AGES, answer, projection

from trinnvis.planning.population.fetching import fetch
from trinnvis.planning.population.municipalities import municipalities
from trinnvis.planning.population.pxweb import PxWeb
from trinnvis.trouble import Trouble

TODAY = date(2026, 11, 22)
CONFIG = {"apiVersion": "2.0.0", "maxDataCells": 800_000, "maxCallsPerTimeWindow": 30, "timeWindow": 60}
HTML = "<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head></html>"
Reply = tuple[int, str, dict[str, str]]


@dataclass
class Service:
    """What it was asked, and what it is to answer first (then: as SSB)."""

    address: str = ""
    config: dict[str, Any] = field(default_factory=lambda: dict(CONFIG))
    first: list[Reply] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    years: tuple[str, ...] = ("2026", "2050")

    def reply(self, method: str, path: str, body: bytes) -> Reply:
        self.asked.append((method, path))
        parts = urlsplit(path)
        if parts.path.endswith("/config"):
            return 200, json.dumps(self.config), {}
        if parts.path.endswith("/metadata"):
            codes = {**projection(list(municipalities()), self.years)}
            return 200, json.dumps({**codes, "value": None}), {}
        if self.first:
            return self.first.pop(0)
        if len(path) > 2100:
            return 404, HTML, {}
        if method == "POST":
            chosen = {one["variableCode"]: one["valueCodes"] for one in json.loads(body)["selection"]}
            regions = chosen["Region"]
        else:
            regions = parse_qs(parts.query)["valueCodes[Region]"][0].split(",")
        if "9998" in regions:
            error = {"type": "Parameter error", "title": "Non-existent value", "status": 400}
            return 400, json.dumps(error), {}
        return 200, json.dumps(projection(regions, self.years)), {}


@pytest.fixture
def service() -> Iterator[Service]:
    held = Service()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, text, headers = held.reply(self.command, self.path, body)
            content = text.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()


@dataclass
class Time:
    """A clock that moves only when somebody waits."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def client(service: Service, clock: Time, tmp_path: Path) -> Callable[[], PxWeb]:
    return lambda: PxWeb(
        tmp_path / "answers",
        service.address,
        pause=clock.wait,
        clock=lambda: clock.now,
        wall_clock=lambda: 0.0,
    )


def test_one_municipality_in_one_call(service: Service, client: Callable[[], PxWeb]) -> None:
    imported, report = fetch(client(), "14746", ["Lunner"], TODAY)
    assert imported.codes == ("3234",) and imported.source.table == "14746"
    assert [path.split("?")[0] for _, path in service.asked] == [
        "/tables/14746/metadata",
        "/config",
        "/tables/14746/data",
    ]
    assert "valueCodes[Region]=3234" in service.asked[-1][1]
    assert "lang=no" in service.asked[-1][1] and "outputFormat=json-stat2" in service.asked[-1][1]
    assert report.read


def test_a_long_question_is_posted_and_divided_by_the_cell_limit(
    service: Service, client: Callable[[], PxWeb]
) -> None:
    cells_each = 106 * 2 * 3 * 2
    service.config["maxDataCells"] = cells_each * 300
    asking = client()
    asking.base += "/api/pxwebapi/v2" + "/a-proxy-in-between" * 20
    imported, _ = fetch(asking, "14746", [], TODAY)
    assert imported.codes == tuple(municipalities())
    assert [method for method, path in service.asked if "/data" in path] == ["POST", "GET"]
    assert all(len(path) <= 2000 for _, path in service.asked)


def test_what_was_answered_is_not_asked_again(service: Service, client: Callable[[], PxWeb]) -> None:
    service.config["maxDataCells"] = 106 * 2 * 3 * 2
    busy: Reply = (503, "", {})
    good = json.dumps(projection(["3234"], service.years))
    service.first = [(200, good, {}), *[busy] * 6]
    with pytest.raises(Trouble, match="503"):
        fetch(client(), "14746", ["3234", "3236"], TODAY)
    service.asked.clear()
    imported, _ = fetch(client(), "14746", ["3234", "3236"], TODAY)
    assert imported.codes == ("3234", "3236")
    assert [p for _, p in service.asked if "/data" in p and "3234" in p] == []
    service.asked.clear()
    fetch(client(), "14746", ["3234", "3236"], TODAY)
    assert [p for _, p in service.asked if "/config" not in p] == []


def test_told_to_wait_it_waits_that_long(service: Service, client: Callable[[], PxWeb], clock: Time) -> None:
    service.first = [
        (429, "", {"Retry-After": "17"}),
        (429, "", {"Retry-After": "Thu, 01 Jan 1970 00:00:42 GMT"}),
        (429, "", {}),
        (503, "", {"Retry-After": "snart"}),
    ]
    fetch(client(), "14746", ["3234"], TODAY)
    assert clock.waits == [17.0, 42.0, 4.0, 8.0]


def test_no_more_calls_in_a_window_than_allowed(
    service: Service, client: Callable[[], PxWeb], clock: Time
) -> None:
    service.config |= {"maxCallsPerTimeWindow": 4, "timeWindow": 60, "maxDataCells": 106 * 2 * 3 * 2}
    fetch(client(), "14746", list(municipalities())[:9], TODAY)
    assert len([p for _, p in service.asked if "/data" in p]) == 9
    assert clock.waits == [60.0, 60.0]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ((404, HTML, {}), "404"),
        ((200, HTML, {}), "noe annet enn tall"),
        ((200, json.dumps(projection(["3234"]))[:500], {}), "noe annet enn tall"),
        ((400, json.dumps({"title": "Non-existent table", "status": 404}), {}), "Tabellen finnes ikke"),
        ((400, json.dumps({"title": "Non-existent value", "status": 400}), {}), "kode finnes ikke"),
        ((403, "too many", {}), "for mange celler"),
        ((400, json.dumps({"title": "Too many cells selected"}), {}), "for mange celler"),
    ],
)
def test_refusals_are_told_and_nothing_is_kept(
    service: Service, client: Callable[[], PxWeb], reply: Reply, told: str, tmp_path: Path
) -> None:
    service.first = [reply]
    with pytest.raises(Trouble) as wrong:
        fetch(client(), "14746", ["3234"], TODAY)
    assert told in f"{wrong.value} {wrong.value.remedy}"
    assert len(list((tmp_path / "answers").glob("*.json"))) == 1  # the metadata


def test_a_service_that_is_not_there(tmp_path: Path, clock: Time) -> None:
    nowhere = PxWeb(tmp_path, "http://127.0.0.1:9", pause=clock.wait, clock=lambda: clock.now)
    with pytest.raises(Trouble, match="kunne ikke nås"):
        fetch(nowhere, "14746", ["3234"], TODAY)
    assert clock.waits == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_an_address_that_is_no_service(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="kan ikke brukes"):
        fetch(PxWeb(tmp_path, "file:///etc"), "14746", ["3234"], TODAY)


def test_an_unknown_table_is_not_asked_for(service: Service, client: Callable[[], PxWeb]) -> None:
    with pytest.raises(Trouble, match="12134"):
        fetch(client(), "12134", ["3234"], TODAY)
    assert service.asked == []


def test_population_by_joined_series(service: Service, client: Callable[[], PxWeb]) -> None:
    shape = {
        "Region": ["K-3234"],
        "Kjonn": ["1", "2"],
        "Alder": AGES,
        "ContentsCode": ["Personer1"],
        "Tid": ["2026"],
    }
    held = answer(shape)
    service.reply = lambda method, path, body: (  # type: ignore[method-assign]
        service.asked.append((method, path))
        or (200, json.dumps(CONFIG if path.endswith("config") else held), {})
    )
    imported, _ = fetch(client(), "07459", ["3234"], TODAY)
    assert imported.observed and imported.codes == ("3234",)
    assert "codelist[Region]=agg_KommSummer" in service.asked[-1][1]
    assert "valueCodes[Region]=K-3234" in service.asked[-1][1]
