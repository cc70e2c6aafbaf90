"""The commands, run as a person runs them: nearly all in a process and with a data folder of their own."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from running import Run, answer, environment, free_port
from typer.testing import CliRunner

from trinnvis.cli import app

pytestmark = pytest.mark.once


def test_the_first_page_names_the_five_first_things_and_does_not_load_django() -> None:
    page = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "trinnvis", "--help"], capture_output=True, text=True
    )
    assert page.returncode == 0
    for command in ("demo", "policy show", "policy check", "check", "serve"):
        assert f"trinnvis {command}" in page.stdout
    assert "django" not in page.stderr


def test_before_there_is_a_database_one_is_told_what_to_do_and_none_is_made(run: Run, tmp_path: Path) -> None:
    checked, served = run("check"), run("serve", "--port", str(free_port()))
    assert checked.returncode == served.returncode == 1
    assert "trinnvis migrate" in checked.stdout
    assert "trinnvis demo" in served.stderr
    assert not list((tmp_path / "data").glob("*.sqlite3*"))


def test_check_names_a_key_that_others_can_read_and_what_is_still_to_do(run: Run, migrated: Path) -> None:
    secret = migrated / "keys" / "secret_key"
    secret.chmod(0o644)
    found = run("check")
    assert found.returncode == 1
    assert f"chmod go-rwx {secret}" in found.stdout.replace("\n", "")
    assert "Tabellene er oppdatert" in found.stdout
    assert "trinnvis policy adopt" in found.stdout


def test_check_says_that_the_database_does_not_answer(run: Run) -> None:
    found = run("check", DATABASE_URL=f"postgresql://nobody:x@127.0.0.1:{free_port()}/nothing")
    assert found.returncode == 1
    assert "Databasen svarer ikke" in found.stdout
    assert "DATABASE_URL" in found.stdout
    assert "Traceback" not in found.stdout + found.stderr


def test_a_data_folder_that_cannot_be_written_is_told_plainly(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    said = run("migrate", "--data", str(tmp_path / "a-file" / "data"))
    assert said.returncode == 1
    assert "kan ikke skrives til" in said.stderr
    assert "--data" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_plainly(run: Run, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = run(command, "--port", str(taken.getsockname()[1]))
    assert said.returncode == 1
    assert "kan ikke brukes" in said.stderr
    assert "--port" in said.stderr


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_a_port_that_is_no_port_is_refused(port: str) -> None:
    refused = CliRunner().invoke(app, ["serve", "--port", port])
    assert refused.exit_code == 2
    assert "--port" in refused.stderr


def test_demo_refuses_production(run: Run) -> None:
    said = run("demo", "--no-serve", TRINNVIS_ENV="production")
    assert said.returncode == 1
    assert "produksjon" in said.stderr


def test_a_letter_nobody_wrote_is_told_plainly(run: Run, migrated: Path, tmp_path: Path) -> None:
    said = run("letter", "2026-0000", "--pdf", str(tmp_path / "letter.pdf"))
    assert said.returncode == 1
    assert "2026-0000 finnes ikke" in said.stderr
    assert not (tmp_path / "letter.pdf").exists()


def test_serve_answers_until_it_is_stopped(migrated: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "trinnvis", "serve", "--port", str(port)],
        env=environment(migrated),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/helse") == "ok"
    finally:
        server.terminate()
        output, _ = server.communicate(timeout=60)
    assert f"http://localhost:{port}" in output
    assert "Traceback" not in output


def test_a_demo_that_has_just_been_made_is_served_by_a_program_of_its_own(migrated: Path) -> None:
    """What the making leaves behind, typst's threads among it, must not be there when granian divides the
    process: then every PDF would be waited for for ever."""
    port = free_port()
    making_nothing = (
        "from trinnvis.demo import cli; cli._make = lambda console, **_: None; "
        f"cli.run(data=None, seed=1, fresh=False, serve_on=('127.0.0.1', {port}))"
    )
    server = subprocess.Popen([sys.executable, "-c", making_nothing], env=environment(migrated))
    try:
        assert answer(f"http://127.0.0.1:{port}/helse") == "ok"
        running = Path(f"/proc/{server.pid}/cmdline").read_text().split("\0")
        assert running[1:4] == ["-m", "trinnvis", "serve"]
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.mark.parametrize("command", [("serve",), ("audit", "verify")])
def test_an_environment_nobody_knows_is_refused(run: Run, command: tuple[str, ...]) -> None:
    """A slip of the pen must not open the demo login to the world."""
    said = run(*command, TRINNVIS_ENV="prod")
    assert said.returncode == 1
    assert "«prod»" in said.stderr and "«production»" in said.stderr


def test_the_demo_login_is_refused_in_production_before_anything_answers(
    run: Run, migrated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {f"TRINNVIS_{name}": name * 10 for name in ("SECRET_KEY", "SEALING_KEY_1", "INDEX_KEY")}
    said = run("serve", "--port", str(free_port()), TRINNVIS_ENV="production", **keys)
    assert said.returncode == 1
    assert "TRINNVIS_IDENTITY_PROVIDER" in said.stderr
    assert "svarer på" not in said.stdout and "Traceback" not in said.stderr


@pytest.mark.parametrize("command", [("serve",), ("audit", "verify"), ("demo", "--no-serve")])
def test_a_damaged_database_is_told_plainly_and_left_alone(
    run: Run, migrated: Path, command: tuple[str, ...]
) -> None:
    file = migrated / "trinnvis.sqlite3"
    file.write_bytes(b"dette er ingen database" * 300)
    said = run(*command, *(("--port", str(free_port())) if command == ("serve",) else ()))
    assert said.returncode == 1
    assert "skadet" in said.stderr and "sikkerhetskopi" in said.stderr
    assert "Traceback" not in said.stderr
    assert file.read_bytes() == b"dette er ingen database" * 300


def test_the_audit_is_compared_with_a_file_kept_outside(run: Run, migrated: Path, tmp_path: Path) -> None:
    file = tmp_path / "gjemt.json"
    kept = run("audit", "verify", "--keep", str(file))
    assert kept.returncode == 0 and "Avtrykk" in kept.stdout and file.exists()
    assert run("audit", "verify", "--since", str(file), "--keep", str(file)).returncode == 0
    text = file.read_text()
    file.write_text(text.replace('"ends": {}', f'"ends": {{"2026-000001": [3, "{"0" * 64}"]}}'))
    missed = run("audit", "verify", "--since", str(file), "--keep", str(file))
    assert missed.returncode == 1
    assert "BRUDD i sak 2026-000001, hendelse 3" in missed.stdout
    assert "2026-000001" in file.read_text()  # what is kept is not overwritten by what is broken
