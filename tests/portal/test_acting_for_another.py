"""Whoever acts for another sees it on every page, and reads whose words are whose."""

from cast import NOW, mandate
from journey import Players
from portal_stories import address, browser_of

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter


def test_a_representative_sees_whom_they_act_for_on_every_page(
    told_case: Case, players: Players, odd: Actor
) -> None:
    mandate(of=players.citizen, to=odd)
    web = browser_of(odd)
    goal, alternative = told_case.goals.get(), told_case.alternatives.order_by("pk").first()
    pages = ["", "/vurdering", "/mal", "/alternativer", "/hendelser", "/avklaring", "/trekk"]
    pages += [f"/mal/{goal.pk}", f"/alternativer/{alternative.pk}"]
    for page in pages:
        assert "Du handler for Ingrid Prøve." in web.get(address(told_case, page)).content.decode(), page
        own = browser_of(players.citizen).get(address(told_case, page)).content.decode()
        assert "Du handler for" not in own, page
    assert "Det Ingrid mener:" in web.get(address(told_case, "/alternativer")).content.decode()


def test_a_representative_who_applies_sees_whom_it_is_for(open_case: Case, ingrid: Actor, odd: Actor) -> None:
    mandate(of=ingrid, to=odd)
    assert "Du handler for Ingrid Prøve." in browser_of(odd).get(address(open_case, "/sok")).content.decode()


def test_a_representative_reads_the_decision_as_one(sent_letter: Letter, ingrid: Actor, odd: Actor) -> None:
    mandate(of=ingrid, to=odd)
    letter = f"/vedtak/{sent_letter.decision.number}"
    assert "Du handler for Ingrid Prøve." in browser_of(odd).get(letter).content.decode()
    assert "Du handler for" not in browser_of(ingrid).get(letter).content.decode()


def test_words_on_behalf_are_called_so_by_whom_reads_them(open_case: Case, ingrid: Actor, odd: Actor) -> None:
    mandate(of=ingrid, to=odd)
    hers = open_case.entries.filter(voice="citizen").order_by("revision").last()
    services.write_assessment(
        number=open_case.number,
        voice="citizen",
        texts={hers.topic: services.Words("Skrevet av Odd", hers.revision)},
        actor=odd,
        now=NOW,
    )
    page = address(open_case, "/vurdering")
    assert "(på dine vegne)" in browser_of(ingrid).get(page).content.decode()
    by_odd = browser_of(odd).get(page).content.decode()
    assert "(på vegne av Ingrid)" in by_odd
    assert "på dine vegne" not in by_odd
