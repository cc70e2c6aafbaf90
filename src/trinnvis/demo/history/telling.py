"""Tells one planned case from the enquiry on, with the people and the words it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Enquiry, Goal
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.services.needs import local_date
from trinnvis.people.models import Person
from trinnvis.policy.model import AmountUnit

from . import assessing, deciding, opening
from .answering import answer_criteria
from .casefile import CaseFile
from .diary import Diary
from .plans import Grant, Plan, Round
from .texts import Words, care, texts_at
from .writer import HistoryWriter

CHANNELS = (("phone", 40), ("gp", 18), ("hospital", 14), ("drop_in", 14), ("home_visit", 14))
CONTACTS = {"gp": Contact("Fastlegen", "fastlege"), "hospital": Contact("Sykehuset, sengepost", "sykehus")}
SENIOR = ("lacks_partly", "lacks")


@dataclass(frozen=True)
class Office:
    """Who works with the cases: `workers` write, `deciders` approve what others have written."""

    intake: Actor
    workers: tuple[Actor, ...]
    deciders: tuple[Actor, ...]
    team: tuple[Actor, ...]


class Teller:
    """One case. `tell` runs it to where the plan stops."""

    def __init__(
        self, writer: HistoryWriter, plan: Plan, person: Person, office: Office, latest: datetime, rng: Random
    ) -> None:
        self.writer, self.plan, self.person, self.office, self.rng = writer, plan, person, office, rng
        self.words = Words(person, rng)
        self.diary = Diary(plan.received, latest, rng)
        self.worker = rng.choice(office.workers)
        self.wish = self.words.say("profiles", plan.profile, "wish")
        self.child = bool(texts_at("profiles", plan.profile, "child", default=False))
        self.around, self.network = self.words.pair("around", self._circle())
        self.round: Round = plan.rounds[0]
        self.file: CaseFile

    def _circle(self) -> str:
        if self.child:
            return "child"
        if not self.plan.alone:
            return "together"
        young = self.plan.received.year - self.person.birth_date.year < 60
        return "alone_young" if young else "alone"

    def tell(self) -> CaseFile:
        self._receive()
        if self.round.kind == "advice":
            self._advise()
            return self.file
        first: tuple[tuple[str, Callable[[], None]], ...] = (
            ("offered", self._clarify),
            ("running", self._train),
            ("heard", self._hear),
            ("assessing", self._look),
            ("assessed", self._complete),
        )
        for stage, step in first:
            step()
            if self.plan.stop == stage:
                return self.file
        if not self._decide():
            return self.file
        for again in self.plan.rounds[1:]:
            self.round = again
            self._reopen()
            self._decide()
        self._close()
        return self.file

    def _receive(self) -> None:
        plan, words, main = self.plan, self.words, self._main()
        channel = self.rng.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])[0]
        contact = CONTACTS.get(channel, Contact())
        live, _seen = words.pair("home", self.round.housing_step)
        applies = words.say("services", main, "applies") if main else ""
        said = Said(
            what_matters=self.wish,
            what_i_manage=words.say("profiles", plan.profile, "manage"),
            who_is_around=self.around,
            how_i_live=live,
            is_application=bool(main),
            applies_for=applies,
        )
        if self.child:
            contact = Contact("Mor", "forelder")
        enquiry = opening.register_enquiry(
            self.writer,
            actor=self.office.intake,
            at=self.diary.now,
            channel=channel,
            said=said,
            person=self.person,
            contact=contact,
        )
        self.heard = not contact.name
        advice = self.round.kind == "advice"
        self.file = opening.triage(
            self.writer,
            enquiry,
            outcome=Enquiry.Triage.ADVICE if advice else Enquiry.Triage.CLARIFICATION,
            reason=words.say("triage_advice" if advice else "triage"),
            actor=self.worker,
            at=self._page(0, 1),
        )
        self._write(self.worker, self.diary.later(2, 30))
        opening.assign(self.file, to=self.worker)

    def _advise(self) -> None:
        self._hear()
        self._write(self.worker, self.diary.later(20, 60))
        opening.close_case(self.file, reason=self.words.say("advice_closed"))

    def _clarify(self) -> None:
        how, words = self.plan.clarification, self.words
        if how == "skipped" or self.round.kind == "refusal":
            self._write(self.worker, self.diary.later(20, 90))
            opening.skip_clarification(self.file, reason=words.say("skip"))
            return
        self._write(self.worker, self._page(0, 2))
        opening.offer_clarification(self.file)
        if how == "offered":
            return
        self._write(self.worker, self._page(0, 1))
        accept = how != "declined"
        note = words.say("accepted" if accept else "declined")
        opening.answer_clarification(self.file, accept=accept, note=note)

    def _train(self) -> None:
        how, file, words = self.plan.clarification, self.file, self.words
        if how not in ("running", "ended"):
            return
        therapist = self.office.team[0]
        opening.add_team_member(file, profession="ergoterapeut", member=therapist)
        opening.add_team_member(file, profession="fysioterapeut", name="Live Brenna")
        self._hear()
        self._write(therapist, self._page(0, 1))
        goals = [opening.write_goal(file, words=text) for text in self.rng.sample(texts_at("training"), 2)]
        self._measure(goals, "before", self.rng.randint(2, 4), self.rng.randint(4, 7))
        if how == "running":
            return
        self._write(therapist, self.diary.on(self.diary.now.date() + timedelta(days=self._training_days())))
        self._measure(goals, "after", self.rng.randint(5, 8), self.rng.randint(7, 11))
        opening.evaluate_goal(file, goals[0], state="reached", note="")
        opening.evaluate_goal(file, goals[1], state="partly", note="")
        note = words.say("clarified", "needs_service")
        opening.end_clarification(file, outcome="needs_service", note=note)

    def _training_days(self) -> int:
        return 3 if self.plan.stop else 21

    def _measure(self, goals: list[Goal], moment: str, copm: int, sppb: int) -> None:
        for goal in goals:
            for part in ("performance", "satisfaction"):
                value = min(10, copm + self.rng.randint(0, 1))
                opening.measure(
                    self.file, instrument="copm", part=part, moment=moment, value=value, goal=goal
                )
        opening.measure(self.file, instrument="sppb", part="total", moment=moment, value=sppb)

    def _hear(self) -> None:
        if self.file.need("hear_citizen") is None:
            return
        self._write(self.worker, self._page(1, 3))
        if self.heard:
            assessing.confirm_heard(self.file, how=self.words.say("heard"))
            return
        wish = next(topic.code for topic in self.writer.policy.topics if topic.kind == "wish")
        texts = {wish: self.wish} | {
            t.code: self.around for t in self.writer.policy.topics if t.kind == "network"
        }
        assessing.write_assessment(self.file, assessing.CITIZEN, texts)

    def _look(self) -> None:
        """The professional's side, function and housing."""
        plan, words = self.plan, self.words
        self._write(self.worker, self._page(0, 1))
        by_kind = {
            "wish": words.say("weighed"),
            "own": words.say("profiles", plan.profile, "own"),
            "network": self.network,
            "home": words.pair("home", self.round.housing_step)[1],
            "technology": words.say("technology"),
            "health": words.say("profiles", plan.profile, "health"),
        }
        texts = {t.code: by_kind[t.kind] for t in self.writer.policy.topics if t.kind in by_kind}
        assessing.write_assessment(self.file, assessing.PROFESSIONAL, texts)
        assessing.score_function(self.file, self._scores())
        assessing.set_housing(self.file, housing_step=self.round.housing_step)

    def _scores(self) -> Mapping[str, int]:
        on = local_date(self.file.at)
        lifted = texts_at("profiles", self.plan.profile, "lift")
        found = {}
        for entry in self.writer.policy.code_list("function", on).entries:
            base = self.plan.level + (1 if entry.code in lifted else -0.6)
            found[entry.code] = min(5, max(1, round(base + self.rng.uniform(-0.5, 0.6))))
        return found

    def _complete(self) -> None:
        self._write(self.worker, self._page(0, 1))
        conclusion = texts_at("profiles", self.plan.profile, "capacity", default="has")
        reason = self.words.say("capacity", conclusion)
        if self.child:
            conclusion, reason = "lacks", self.words.say("capacity", "child")
        shown = "Foreldrene" if self.child else "Innbyggeren og nærmeste pårørende"
        shown = shown if conclusion in SENIOR else ""
        assessing.decide_capacity(self.file, conclusion=conclusion, reason=reason, shown_to=shown)
        assessing.complete_assessment(self.file)

    def _reopen(self) -> None:
        """A review: what has changed is written before anything new is decided."""
        self.diary.on(self.round.received)
        self.worker = self.rng.choice(self.office.workers)
        self._write(self.worker, self.diary.now)
        opening.assign(self.file, to=self.worker)
        reason = self.words.say("review", self.round.change)
        assessing.reopen_assessment(self.file, reason=reason)
        self._write(self.worker, self._page(1, 3))
        health = next(topic.code for topic in self.writer.policy.topics if topic.kind == "health")
        assessing.write_assessment(self.file, assessing.PROFESSIONAL, {health: reason})
        self._write(self.worker, self.diary.later(20, 60))
        assessing.complete_assessment(self.file)

    def _decide(self) -> bool:
        """From alternatives to a sent decision; False when the plan stops before."""
        stop = self.plan.stop
        self._compare()
        if stop == "compared":
            return False
        self._choose()
        if stop == "chosen":
            return False
        self._draft()
        if stop == "drafted":
            return False
        self._submit()
        if self.plan.returned and self.round is self.plan.rounds[0]:
            self._return()
            if stop == "returned":
                return False
            self._draft()
            self._submit()
        if stop == "submitted":
            return False
        self._write(self._decider(), self._page(0, 2))
        deciding.approve_decision(self.file)
        if stop == "approved":
            return False
        self._write(self.worker, self._page(0, 1))
        deciding.send_decision(self.file)
        return True

    def _main(self) -> str:
        """The service the case is first of all about; "" when it is about none."""
        return self.round.grants[0].service if self.round.grants else self.round.refused

    def _starts(self) -> date:
        return local_date(self.diary.now) + timedelta(days=18)

    def _line(self, grant: Grant, starts: date, ends: date | None) -> Line:
        service = self.writer.policy.service(grant.service)
        if ends is None and service.unit is AmountUnit.TIMES:  # so many times has an end: about two a week
            ends = starts + timedelta(weeks=max(1, int(grant.amount / 2)))
        return Line(service.code, service.steps[0], grant.amount, service.unit.value, starts, ends)

    def _compare(self) -> None:
        self._write(self.worker, self._page(0, 2))
        starts, words, main = self._starts(), self.words, self._main()
        given = self.round.grants or (Grant(self.round.refused, Decimal(1)),)
        title = self.writer.policy.service(main).title
        if self.round.change != "first":
            title = f"{title} fra {starts.day}.{starts.month}.{starts.year}"
        why = words.say("chosen_line", task=words.say("services", main, "task"))
        lines = [self._line(grant, starts, None) for grant in given]
        self.chosen = deciding.add_alternative(self.file, title=title, why=why, lines=lines)
        if len(self.file.alternatives) < 2:
            others = [Grant(code, Decimal(str(n))) for code, n in care()["instead"].get(main, ())]
            name = self.writer.policy.service(others[0].service).title
            deciding.add_alternative(
                self.file,
                title=name,
                why=words.say("other_why"),
                lines=[self._line(grant, starts, None) for grant in others],
            )
        if self.round.kind == "refusal":
            self.chosen = list(self.file.alternatives.values())[-1][0]

    def _choose(self) -> None:
        self._write(self.worker, self._page(0, 1))
        deciding.choose_alternative(self.file, self.chosen, reason=self.words.say("chosen"))
        asked = [*deciding.asked_about(self.file), *([self.round.refused] if self.round.refused else [])]
        for service in dict.fromkeys(asked):
            answer_criteria(self.file, service, self.round, self.words, alone=self.plan.alone)

    def _draft(self) -> None:
        self._write(self.worker, self._page(0, 2))
        deciding.draft_decision(self.file, self._content())

    def _content(self) -> Draft:
        one, words, main = self.round, self.words, self._main()
        starts = local_date(self.diary.now) + timedelta(days=9)
        ends = self._ends(starts)
        refusal = one.kind == "refusal"
        task = texts_at("services", main)
        lines = [self._line(grant, starts, ends) for grant in one.grants]
        if one.refused:
            why = words.say("services", one.refused, "refused")
            service = self.writer.policy.service(one.refused)
            lines.append(Line(service.code, service.steps[0], None, "", granted=False, reason=why))
        reasons = words.say("services", main, "refused" if refusal else "reasons")
        if one.change in ("up", "down", "move"):
            reasons = f"{reasons} {CHANGED[one.change]}"
        return Draft(
            kind=one.kind,
            party=deciding.party_to(self.file, main),
            citizen_wish=words.say("services", main, "wish") if "wish" in task else self.wish,
            wish_weighed=words.say("wish_weighed_refused" if refusal else "wish_weighed"),
            goal="" if refusal else words.say("services", main, "goal"),
            facts=words.say(
                *(("services", main) if "facts" in task else ("profiles", self.plan.profile)), "facts"
            ),
            reasons=f"{reasons} {words.say('reasons_end')}" if not refusal else REFUSED.format(reasons),
            refused=words.say("services", one.refused, "refused") if one.refused else "",
            starts_on=None if refusal else starts,
            ends_on=ends,
            review_on=None if refusal or ends else starts + timedelta(days=one.review_days),
            lines=tuple(lines),
        )

    def _ends(self, starts: date) -> date | None:
        """The last day of help for a time; before a move it is the day before the next begins."""
        if self.round.days is None:
            return None
        if self.round.days >= 0:
            return starts + timedelta(days=self.round.days)
        return max(starts + timedelta(days=30), self.plan.rounds[1].received + timedelta(days=20))

    def _submit(self) -> None:
        self._write(self.worker, self._page(0, 1))
        deciding.submit_decision(self.file)

    def _return(self) -> None:
        self._write(self._decider(), self._page(0, 1))
        reason, said = self.rng.choice(texts_at("returned"))
        deciding.return_decision(self.file, return_reason=reason, words=said)

    def _decider(self) -> Actor:
        """Never the one who wrote it."""
        return self.rng.choice([one for one in self.office.deciders if one.key != self.worker.key])

    def _close(self) -> None:
        if not self.plan.closes:
            return
        decision = self.file.decisions[-1][0]
        over = (decision.ends_on or decision.appeal_by or local_date(self.diary.now)) + timedelta(days=2)
        if over >= self.diary.latest.date():
            return  # it is still running, or may still be appealed
        self._write(self.worker, self.diary.on(over))
        opening.close_case(self.file, reason=self.words.say(self.plan.closes))

    def _page(self, fewest: int, most: int) -> datetime:
        return self.diary.page(fewest, min(most, max(fewest, 1)) if self.plan.quick else most)

    def _write(self, actor: Actor, at: datetime) -> None:
        self.file.take_pen(actor, at)


CHANGED = {
    "up": "Du trenger mer hjelp enn før, og derfor øker vi den nå.",
    "down": "Du klarer mer selv enn før, og vi er enige om at du trenger mindre hjelp nå.",
    "move": "Hjelpen du har hatt hjemme, strekker ikke til lenger.",
}
REFUSED = "{} Vi har snakket med deg om dette og sett på hvordan hverdagen din er nå."
