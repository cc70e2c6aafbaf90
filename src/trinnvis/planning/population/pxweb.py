"""A client for SSB's PxWebApi v2: within its limits, patient when told to wait, able to go on where it
stopped.

Answers are kept on disk by address and body, so a run that was cut asks only for what is missing. The clock
and the pause are arguments: tests need wait for nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from trinnvis.trouble import Trouble

SSB: Final = "https://data.ssb.no/api/pxwebapi/v2"
LONGEST_URL: Final = 2_000
TRIES: Final = 6
LONGEST_WAIT: Final = 300.0
LARGEST_ANSWER: Final = 100_000_000
TIMEOUT: Final = 60.0
WAIT_AND_RETRY: Final = (429, 502, 503, 504)


@dataclass(frozen=True)
class Choice:
    """What to ask for in one dimension. codelist: a regrouping (`agg_…`) or value set (`vs_…`)."""

    values: tuple[str, ...]
    codelist: str = ""


Selection = Mapping[str, Choice]


@dataclass(frozen=True)
class Limits:
    """As `/config` tells them."""

    cells: int
    calls: int
    seconds: float


@dataclass
class PxWeb:
    """One service. cache: the folder answers are kept in."""

    cache: Path
    base: str = SSB
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    wall_clock: Callable[[], float] = time.time
    asked: int = 0
    _calls: deque[float] = field(default_factory=deque)
    _limits: Limits | None = None

    def limits(self) -> Limits:
        """Read once a run; never taken for granted."""
        if self._limits is None:
            config = self._json(self._send("GET", f"{self.base}/config", None), "grensene")
            try:
                self._limits = Limits(
                    int(config["maxDataCells"]),
                    int(config["maxCallsPerTimeWindow"]),
                    float(config["timeWindow"]),
                )
            except (KeyError, TypeError, ValueError):
                raise _odd("grensene") from None
        return self._limits

    def sizes(self, table: str, selection: Selection) -> dict[str, list[str]]:
        """The codes of each dimension of a table, in the regrouping that is asked for."""
        query = {f"codelist[{name}]": c.codelist for name, c in selection.items() if c.codelist}
        address = self._address(f"{self.base}/tables/{table}/metadata", {"lang": "no", **query})
        found = self._json(self._kept("GET", address, None), f"tabell {table}")
        try:
            return {key: list(found["dimension"][key]["category"]["index"]) for key in found["id"]}
        except (KeyError, TypeError):
            raise _odd(f"tabell {table}") from None

    def fetch(self, table: str, selection: Selection, divide: str) -> list[str]:
        """The answers as JSON-stat2 texts: one, or several with the `divide` dimension in parts when too
        large.

        Raises:
            Trouble: the service refuses, stays away, or answers with something else than figures.
        """
        codes = self.sizes(table, selection)
        lower = {key.lower(): key for key in codes}
        chosen = {lower.get(name.lower(), name): choice for name, choice in selection.items()}
        each = 1
        for key, values in codes.items():
            picked = chosen[key].values if key in chosen else ()
            if key.lower() != divide.lower():
                each *= (len(values) if picked == ("*",) else len(picked)) or 1
        whole = chosen[lower.get(divide.lower(), divide)]
        wanted = tuple(codes[lower[divide.lower()]]) if whole.values == ("*",) else whole.values
        at_once = max(1, self.limits().cells // max(each, 1))
        if each > self.limits().cells:
            raise Trouble(
                f"Én verdi av {divide} gir {each} celler, og grensen er {self.limits().cells}.",
                "Velg færre år eller aldre.",
            )
        answers = []
        for first in range(0, len(wanted), at_once):
            part = {**chosen, lower[divide.lower()]: Choice(wanted[first : first + at_once], whole.codelist)}
            answers.append(self._data(table, part))
        return answers

    def _data(self, table: str, selection: Selection) -> str:
        where = f"{self.base}/tables/{table}/data"
        fixed = {"lang": "no", "outputFormat": "json-stat2"}
        query = dict(fixed)
        for name, choice in selection.items():
            query[f"valueCodes[{name}]"] = ",".join(choice.values)
            if choice.codelist:
                query[f"codelist[{name}]"] = choice.codelist
        address = self._address(where, query)
        if len(address) <= LONGEST_URL:
            return self._kept("GET", address, None)
        body = {"selection": [_as_posted(name, choice) for name, choice in selection.items()]}
        return self._kept("POST", self._address(where, fixed), json.dumps(body, ensure_ascii=False).encode())

    @staticmethod
    def _address(where: str, query: Mapping[str, str]) -> str:
        return f"{where}?{urllib.parse.urlencode(query, safe='[],*')}"

    def _kept(self, method: str, address: str, body: bytes | None) -> str:
        """From disk if it was answered before, else from the service, and then kept."""
        name = hashlib.sha256(b"\n".join([method.encode(), address.encode(), body or b""])).hexdigest()
        path = self.cache / f"{name[:32]}.json"
        if path.is_file():
            return path.read_text(encoding="utf-8")
        text = self._send(method, address, body)
        self._json(text, "svaret")
        self.cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=self.cache, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
        return text

    def _send(self, method: str, address: str, body: bytes | None) -> str:
        headers = {"Accept": "application/json", "User-Agent": "Trinnvis"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        why = ""
        for attempt in range(TRIES):
            self._keep_within_limits()
            request = urllib.request.Request(address, body, headers, method=method)  # noqa: S310
            if request.type not in ("http", "https"):
                raise Trouble(f"Adressen {self.base} kan ikke brukes.", "Den må begynne med https://.")
            self.asked += 1
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                    content = answer.read(LARGEST_ANSWER + 1)
                if len(content) > LARGEST_ANSWER:
                    raise Trouble("Svaret fra SSB er for stort.", "Velg færre kommuner.")
                return str(content.decode("utf-8", errors="strict"))
            except urllib.error.HTTPError as error:
                told = error.read(20_000).decode("utf-8", errors="replace")
                if error.code not in WAIT_AND_RETRY:
                    raise _refused(error.code, told) from None
                why = f"svarte {error.code}"
                wait = self._told_to_wait(error.headers.get("Retry-After"))
            except UnicodeDecodeError:
                raise _odd("svaret") from None
            except (urllib.error.URLError, OSError) as error:
                why = f"kunne ikke nås ({getattr(error, 'reason', None) or error})"
                wait = None
            if attempt + 1 < TRIES:
                self.pause(min(2.0**attempt if wait is None else wait, LONGEST_WAIT))
        raise Trouble(
            f"SSB {why} {TRIES} ganger.",
            "Prøv igjen senere: det som er hentet, er spart. Tabellene er stengt omkring kl. 05.00 og 11.30.",
        )

    def _told_to_wait(self, header: str | None) -> float | None:
        """Seconds from a Retry-After header, which holds seconds or a date."""
        if not header:
            return None
        try:
            seconds = float(header)
        except ValueError:
            try:
                seconds = parsedate_to_datetime(header).timestamp() - self.wall_clock()
            except ValueError:
                return None
        return max(seconds, 0.0) if math.isfinite(seconds) else None

    def _keep_within_limits(self) -> None:
        """Wait until one more call is allowed."""
        if self._limits is None:
            self._calls.append(self.clock())
            return
        while len(self._calls) >= self._limits.calls:
            free_at = self._calls[0] + self._limits.seconds
            if (left := free_at - self.clock()) > 0:
                self.pause(left)
            self._calls.popleft()
        self._calls.append(self.clock())

    @staticmethod
    def _json(text: str, what: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            raise _odd(what) from None
        if not isinstance(found, dict):
            raise _odd(what)
        return found


def codes_of(values: Sequence[str], codelist: str = "") -> Choice:
    return Choice(tuple(values), codelist)


def _as_posted(name: str, choice: Choice) -> dict[str, object]:
    posted: dict[str, object] = {"variableCode": name, "valueCodes": list(choice.values)}
    return posted | ({"codelist": choice.codelist} if choice.codelist else {})


def _refused(status: int, told: str) -> Trouble:
    try:
        title = str(json.loads(told).get("title", ""))
    except (json.JSONDecodeError, AttributeError):
        title = ""
    meanings = {
        "Non-existent value": "En kode finnes ikke i tabellen. Er kommunenummeret og tabellen riktige?",
        "Non-existent table": "Tabellen finnes ikke. Sjekk nummeret.",
    }
    if status == 403 or "cell" in title.lower():
        return Trouble(f"SSB avviste spørringen ({status}): for mange celler.", "Velg færre kommuner.")
    return Trouble(
        f"SSB avviste spørringen ({status}{f': {title}' if title else ''}).",
        meanings.get(title, "Sjekk tabellnummer og kommune. Ingenting er lest inn."),
    )


def _odd(what: str) -> Trouble:
    return Trouble(
        f"SSB svarte med noe annet enn tall for {what}.", "Prøv igjen senere. Ingenting er lest inn."
    )
