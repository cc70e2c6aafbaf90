"""The page that hands a case over to another unit."""

from cast import case_of, employee
from desking import AtDesk

from trinnvis.casework.models import Case


def test_sara_moves_the_case_and_comes_back_to_her_worklist(lunner, ingrid, sara, other_unit, policy) -> None:
    employee("Ola", "case_worker", other_unit)
    at = AtDesk(sara, case_of(ingrid, sara).number).open()
    assert "Flytt saken til en annen enhet" in at.text
    at.open("gjor/move").press("Flytt saken", unit=other_unit)
    assert "Flytt saken" in at.text and Case.objects.get().unit != other_unit
    at.press("Flytt saken", unit=other_unit, reason="Det gjelder bolig.")
    assert at.response.redirect_chain[-1] == ("/skranke/oppgaver", 302)
    assert "Saken er flyttet" in at.text
    assert Case.objects.get().unit == other_unit
    assert at.open().status == 404


def test_only_units_where_someone_would_see_it_are_offered(lunner, ingrid, sara, other_unit, policy) -> None:
    at = AtDesk(sara, case_of(ingrid, sara).number).open("gjor/move")
    assert f'value="{other_unit}"' not in at.text
    employee("Ola", "case_worker", other_unit)
    assert f'value="{other_unit}"' in at.open("gjor/move").text
