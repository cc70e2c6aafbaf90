"""The decision page: saved half-written, two who write at once, the second person, and what is never lost."""

from __future__ import annotations

from cast import employee
from desking import WHOLE, AtDesk, hand_on

from trinnvis.casework.models import Case, Decision


def test_before_the_need_is_written_it_says_what_comes_first(case: Case, sara) -> None:
    text = AtDesk(sara, case.number).open("vedtak").text
    assert "Vedtaket kan ikke skrives ennå" in text
    assert "Skriv og fullfør vurderingen av behovet først." in text


def test_it_begins_with_the_citizens_words_and_the_chosen_lines_and_no_answer(ready: AtDesk) -> None:
    fields = ready.open("vedtak").form_with("Lagre utkast").fields
    assert fields["citizen_wish"] == "Jeg vil dusje selv."
    assert fields["lines-0-service"].endswith("/praktisk-bistand")
    assert fields["lines-0-amount"] == "2,5"
    assert "kind" not in fields


def test_a_half_written_draft_is_kept_and_what_it_lacks_is_named(ready: AtDesk) -> None:
    ready.open("vedtak").press("Lagre utkast", kind="part", goal="Halvt mål")
    fields = ready.open("vedtak").form_with("Lagre utkast").fields
    assert (fields["kind"], fields["goal"]) == ("part", "Halvt mål")
    for missing in ("Skriv begrunnelsen med egne ord.", "Skriv hva som avslås, og hvorfor."):
        assert missing in ready.text
    assert 'href="#id_reasons"' in ready.text


def test_one_who_may_not_read_a_draft_is_told_that_there_is_one(ready: AtDesk, intake_unit) -> None:
    ready.open("vedtak").press("Lagre utkast", kind="grant")
    jorunn = AtDesk(employee("Jorunn", "intake", intake_unit), ready.number).open("vedtak")
    assert "Vedtaket er under arbeid" in jorunn.text
    assert "Ikke påbegynt" not in jorunn.text
    assert "kan ikke skrives ennå" not in jorunn.text


def test_money_is_no_reason(ready: AtDesk) -> None:
    poor = WHOLE["reasons"] + " Det er ikke rom i budsjettet."
    ready.open("vedtak").press("Lagre og send til godkjenning", **{**WHOLE, "reasons": poor})
    assert "Penger og kapasitet kan ikke begrunne et vedtak." in ready.open("vedtak").text
    assert Decision.objects.get().state == "draft"


def test_characters_the_letter_cannot_show_are_told_before_approval(ready: AtDesk) -> None:
    ready.open("vedtak").press("Lagre og send til godkjenning", **{**WHOLE, "citizen_wish": "我想回家 😀"})
    assert "Innbyggerens ønske har tegn som brevet ikke kan vise: «我», «想», «回», «家»." in ready.text
    assert 'href="#id_citizen_wish"' in ready.text
    assert Decision.objects.get().state == "draft"
    ready.press("Lagre og send til godkjenning", citizen_wish="Jeg vil hjem 😀")
    assert Decision.objects.get().state == "submitted"


def test_lines_are_added_taken_away_and_refused(ready: AtDesk) -> None:
    ready.open("vedtak").press("Legg til linje", kind="part")
    assert not Decision.objects.exists()
    assert ready.form_with("Lagre utkast").fields["kind"] == "part"
    ready.press(
        "Lagre utkast",
        **{"lines-1-service": "7/hjemmesykepleie", "lines-1-granted": "nei", "lines-1-reason": "Ikke behov."},
    )
    assert list(Decision.objects.get().lines.values_list("granted", flat=True).order_by("pk")) == [
        True,
        False,
    ]
    ready.open("vedtak").press("Lagre utkast", **{"lines-0-remove": "on"})
    assert [line.service for line in Decision.objects.get().lines.all()] == ["hjemmesykepleie"]


def test_two_who_write_at_once_lose_nothing(ready: AtDesk, intake_unit) -> None:
    ready.open("vedtak").press("Lagre utkast", kind="grant")
    grete = AtDesk(employee("Grete", "case_worker", intake_unit), ready.number).open("vedtak")
    ready.open("vedtak")
    grete.press("Lagre utkast", goal="Gretes mål")
    ready.press("Lagre utkast", goal="Saras mål", facts="Saras opplysninger")
    assert "Gretes mål" in ready.text
    fields = ready.form_with("Lagre utkast").fields
    assert (fields["goal"], fields["facts"]) == ("Saras mål", "Saras opplysninger")
    assert Decision.objects.get().goal == "Gretes mål"
    ready.press("Lagre utkast", goal="Felles mål")
    assert Decision.objects.get().goal == "Felles mål"


def test_what_is_typed_after_it_was_sent_to_approval_is_shown_again(ready: AtDesk, intake_unit) -> None:
    late = AtDesk(employee("Grete", "case_worker", intake_unit), ready.number).open("vedtak")
    ready.open("vedtak").press("Lagre og send til godkjenning", **WHOLE)
    late.press("Lagre utkast", kind="refusal", reasons="Gretes begrunnelse")
    assert late.status == 200
    assert "Vedtaket er sendt til godkjenning." in late.text
    assert late.form_with("Lagre utkast").fields["reasons"] == "Gretes begrunnelse"


def test_a_double_click_on_submit_submits_once(ready: AtDesk) -> None:
    ready.open("vedtak").press("Lagre og send til godkjenning", times=2, **WHOLE)
    decision = Decision.objects.get()
    assert (decision.state, decision.revision) == ("submitted", 1)
    assert ready.status == 200


def test_never_the_same_person(ready: AtDesk, bjorn) -> None:
    writer = hand_on(AtDesk(bjorn, ready.number))
    assert (
        Decision.objects.get().state == "draft"
        or "Du har skrevet vedtaket selv" in writer.open("vedtak").text
    )
    assert "Godkjenn vedtaket</button>" not in writer.text
    answer = writer.client.post(writer.at("vedtak/behandle"), {"verdict": "approve", "revision": "1"})
    assert "Du har skrevet vedtaket selv. En annen må godkjenne det." in answer.content.decode()
    assert Decision.objects.get().state == "submitted"


def test_a_case_worker_does_not_approve_or_return(ready: AtDesk, intake_unit) -> None:
    hand_on(ready)
    grete = AtDesk(employee("Grete", "case_worker", intake_unit), ready.number).open("vedtak")
    assert "Rollen din kan ikke gjøre dette i denne saken." in grete.text
    for verdict in ("approve", "return"):
        grete.client.post(
            grete.at("vedtak/behandle"),
            {"verdict": verdict, "revision": "1", "return_reason": "law", "words": "Nei"},
        )
    assert Decision.objects.get().state == "submitted"


def test_what_changed_after_reading_is_not_approved(ready: AtDesk, bjorn) -> None:
    at = hand_on(ready)
    reading = AtDesk(bjorn, ready.number).open("vedtak")
    at.open("gjor/withdraw_decision").press("Trekk tilbake")
    at.open("vedtak").press("Lagre og send til godkjenning", goal="Et annet mål")
    reading.press("Godkjenn vedtaket")
    assert "er endret etter at du åpnet siden" in reading.text
    assert Decision.objects.get().state == "submitted"


def test_the_preview_is_the_letter_and_belongs_to_the_case(ready: AtDesk, fremmed, sara) -> None:
    from cast import case_of

    ready.open("vedtak").press("Lagre utkast", **WHOLE)
    number = Decision.objects.get().number
    assert "Det er ikke sendt." in ready.open(f"vedtak/{number}/brev").text
    assert WHOLE["reasons"] in ready.text
    other = AtDesk(sara, case_of(fremmed, sara).number)
    assert other.open(f"vedtak/{number}/brev").status == 404
    assert other.open(f"vedtak/{number}/brev.pdf").status == 404
    assert ready.open(f"vedtak/{number}/brev.pdf").status == 404, "there is no letter before it is sent"


def test_a_sent_decision_is_read_and_a_new_one_is_begun_only_when_asked_for(ready: AtDesk, bjorn) -> None:
    at = hand_on(ready)
    AtDesk(bjorn, ready.number).open("vedtak").press("Godkjenn vedtaket")
    at.open("gjor/send_decision").press("Send vedtaket nå")
    assert "Klagefristen går ut" in at.open("vedtak").text
    assert "Lagre utkast" not in at.text
    at.open("vedtak?nytt")
    assert at.form_with("Lagre utkast").fields["revision"] == "0"
    at.press("Lagre utkast", kind="grant")
    assert Decision.objects.count() == 2


def test_it_is_asked_whom_the_decision_is_to(ready: AtDesk, odd) -> None:
    ready.open("vedtak").press("Lagre og send til godkjenning", **WHOLE, party=str(odd.person_id))
    assert "Tjenesten er til innbyggeren selv. Velg innbyggeren." in ready.text
    assert ready.form_with("Lagre utkast").fields["party"] == str(odd.person_id)
    ready.press("Lagre og send til godkjenning", party="0")
    assert Decision.objects.get().state == "submitted"


def test_without_next_of_kin_the_way_to_register_them_is_shown(ready: AtDesk) -> None:
    text = ready.open("vedtak").text
    assert f"/skranke/innbygger/{Case.objects.get().person_id}/parorende" in text
