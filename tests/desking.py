"""Staff at their desk: a client that fills in the forms of a page as a browser without JavaScript would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from cast import NOW, account_of
from django.http import HttpResponse
from django.test import Client

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Alternative, Case, CaseEvent
from trinnvis.casework.queries.assessment import assessment_of
from trinnvis.casework.queries.criteria import criteria_state
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.criteria import Outcome, ReasonRule
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of


def three_weeks_later() -> datetime:
    return NOW + timedelta(weeks=3)


@dataclass
class PageForm:
    """One form on a page: where it goes, and what stands in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.area: str | None = None
        self.select: str | None = None
        self.button: tuple[str, str] | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PageForm(at.get("action", ""))
            self.forms.append(self.form)
        if self.form is None:
            return
        if tag == "input" and at.get("name"):
            if at.get("type") in ("radio", "checkbox") and "checked" not in at:
                return
            self.form.fields[at["name"]] = at.get("value", "")
        elif tag == "textarea":
            self.area, self.words = at.get("name", ""), ""
        elif tag == "select":
            self.select = at.get("name", "")
            self.form.fields.setdefault(self.select, "")
        elif tag == "option" and self.select and "selected" in at:
            self.form.fields[self.select] = at.get("value", "")
        elif tag == "button":
            self.button, self.words = (at.get("name", ""), at.get("value", "")), ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.form and self.area:
            self.form.fields[self.area], self.area = self.words.removeprefix("\n"), None
        elif tag == "select":
            self.select = None
        elif tag == "button" and self.form and self.button:
            self.form.buttons.append((*self.button, " ".join(self.words.split())))
            self.button = None


@dataclass
class AtDesk:
    """Someone logged in, looking at one page of one case at a time."""

    actor: Actor
    number: str
    client: Client = field(default_factory=Client)
    response: HttpResponse | None = None

    def __post_init__(self) -> None:
        self.client.force_login(account_of(self.actor))

    def at(self, place: str = "") -> str:
        return f"/skranke/sak/{self.number}/{place}"

    def open(self, place: str = "") -> AtDesk:
        self.response = self.client.get(self.at(place))
        return self

    @property
    def status(self) -> int:
        assert self.response is not None
        return self.response.status_code

    @property
    def text(self) -> str:
        """What the page says, markup and all."""
        assert self.response is not None
        return self.response.content.decode()

    def form_with(self, button: str) -> PageForm:
        """The form on the page that has a button with this text."""
        reader = _Reader()
        reader.feed(self.text)
        found = [f for f in reader.forms if any(button in text for _n, _v, text in f.buttons)]
        assert found, f"no form with «{button}»: {[f.buttons for f in reader.forms]}"
        return found[0]

    def press(self, button: str, times: int = 1, **typed: Any) -> AtDesk:
        """Type into the form that has this button, and press it so many times."""
        form = self.form_with(button)
        data = {**form.fields, **typed}
        data.update({name: value for name, value, text in form.buttons if name and button in text})
        assert self.response is not None
        path = self.response.request["PATH_INFO"]
        action = form.action.partition("#")[0] or path
        for _time in range(times):
            self.response = self.client.post(action, data, follow=True)
        return self


REASONS = "Du klarer ikke å dusje trygt alene etter fallet i oktober, og trening alene har ikke vært nok."
HOME, CARE = "praktisk-bistand", "hjemmesykepleie"


def policy_for(at: AtDesk) -> Policy:
    return policy_of(Case.objects.get(number=at.number).policy_id)


def assessment_fields(policy: Policy) -> dict[str, str]:
    """Everything an assessment needs, as typed."""
    fields = {"housing_step": "2"}
    fields |= {f"professional-{topic.code}": f"Vurdert: {topic.title.lower()}." for topic in policy.topics}
    variables = policy.code_list("function", NOW.date()).entries
    return fields | {f"score-{variable.code}": "3" for variable in variables}


def who(at: AtDesk) -> dict[str, Any]:
    return {"actor": at.actor, "now": NOW}


def assess(at: AtDesk) -> AtDesk:
    """Both voices, the function variables, the housing step and consent capacity, saved and completed.

    By the services, as the rest of what a test only begins with; `test_case_journey` walks the pages.
    """
    policy = policy_for(at)
    view = assessment_of(Case.objects.get(number=at.number), on=NOW.date())
    wish = next(topic for topic in view.topics if topic.topic.kind == "wish")
    variables = policy.code_list("function", NOW.date()).entries
    written = services.AssessmentForm(
        professional={
            topic.code: services.Words(f"Vurdert: {topic.title.lower()}.", 0) for topic in policy.topics
        },
        citizen={wish.topic.code: services.Words("Jeg vil dusje selv.", wish.citizen.revision)},
        scores={variable.code: services.Score(3, "", 0) for variable in variables},
        housing=services.Housing(2, "", 0),
    )
    services.save_assessment(at.number, form=written, **who(at))
    services.complete_assessment(at.number, **who(at))
    said = {"conclusion": "has", "reason": "Forstår saken godt.", "shown_to": "Ingrid"}
    services.decide_capacity(at.number, expected_revision=0, **said, **who(at))
    return at


def add_alternative(at: AtDesk, title: str, service: str, amount: str) -> Alternative:
    known = policy_for(at).service(service)
    line = Line(service, known.steps[0], Decimal(amount), known.unit, date(2026, 12, 1))
    why = "Trygt og nær det hun kjenner."
    return services.add_alternative(at.number, title=title, why=why, lines=[line], **who(at))


def answer_criteria(at: AtDesk, service: str) -> AtDesk:
    """Every question of a service's criteria, each with the first answer that does not end in «not met»."""
    case = Case.objects.get(number=at.number)
    while question := criteria_state(case, service).walk.next:
        answer = next(each for each in question.answers if each.outcome != Outcome.NOT_MET)
        reason = "Slik er det." if answer.reason != ReasonRule.NONE else ""
        services.answer_criterion(
            at.number,
            service=service,
            question=question.code,
            answer=answer.code,
            reason=reason,
            expected_revision=0,
            **who(at),
        )
    return at


def compare(at: AtDesk) -> AtDesk:
    """Two alternatives, the first chosen, its criteria answered."""
    first = add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    add_alternative(at, "Hjemmesykepleie", CARE, "3")
    services.choose_alternative(first.pk, reason="Minst inngripende, og trygt nok.", **who(at))
    return answer_criteria(at, HOME)


WHOLE = {
    "kind": "grant",
    "citizen_wish": "Jeg vil dusje selv.",
    "wish_weighed": "Ønsket har fått stor vekt.",
    "goal": "Du dusjer trygt hver dag.",
    "facts": "Du falt i oktober.",
    "reasons": REASONS,
    "review_on": "1.6.2027",
}


def submit(at: AtDesk) -> AtDesk:
    """A decision that waits for the second person, from a case where nothing is assessed."""
    return hand_on(compare(assess(at)))


def hand_on(at: AtDesk) -> AtDesk:
    """The decision written on its page and handed on to the second person."""
    return at.open("vedtak").press("Lagre og send til godkjenning", **WHOLE)


def twice(at: AtDesk, button: str, **typed: str) -> None:
    """Two sendings of what one showing of the form holds: the same place both times, nothing done twice."""
    form = at.form_with(button)
    data = {**form.fields, **typed}
    data.update({name: value for name, value, text in form.buttons if name and button in text})
    path = form.action.partition("#")[0] or at.response.request["PATH_INFO"]
    first = at.client.post(path, data)
    done = CaseEvent.objects.count()
    second = at.client.post(path, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert CaseEvent.objects.count() == done


class AtDoor(AtDesk):
    """Someone at the desk outside any case: `AtDoor(sara, "").open("oppgaver")`."""

    def at(self, place: str = "") -> str:
        return f"/skranke/{place}"

    def choose(self, name: str) -> str:
        """The value of the choice with this label, as a reader finds it by its label."""
        match = re.search(rf'value="([^"]+)"[^>]*>\s*<label[^>]*>{re.escape(name)}</label>', self.text)
        assert match, f"no choice «{name}»"
        return match[1]
