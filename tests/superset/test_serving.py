"""`make superset`: who may read what, who is answered, what ends when, and what is refused."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.sample import PROJECT
from tests.superset.serving import Server, command, free_port, running

BUNDLE = PROJECT / "bi" / "superset" / "bundle"


def refused(database: Path, folder: Path, port: int) -> str:
    """Return the one line that a start is refused with."""
    tried = subprocess.run(
        command(database, folder, port), cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (tried.returncode, tried.stdout) == (2, "")
    return tried.stderr


def test_datasets_are_tables_of_readers_and_their_exposure_names_them() -> None:
    datasets = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in BUNDLE.glob("datasets/*/*.yaml")]
    exposures = yaml.safe_load((PROJECT / "models/readers/_readers__exposures.yml").read_text(encoding="utf-8"))
    [exposure] = exposures["exposures"]
    assert {dataset["schema"] for dataset in datasets} == {"main"}
    assert not any("sql" in dataset for dataset in datasets)
    assert sorted(exposure["depends_on"]) == sorted(f"ref('{dataset['table_name']}')" for dataset in datasets)
    for dataset in datasets:
        assert len(list((PROJECT / "models" / "readers").rglob(f"{dataset['table_name']}.sql"))) == 1


def test_secrets_are_their_owners_alone(server: Server, folder: Path) -> None:
    assert server.token
    assert {(folder / name).stat().st_mode & 0o777 for name in ("password", "secret_key")} == {0o600}
    assert str(folder / "password") in server.said


def test_only_the_loopback_interface_is_answered(server: Server) -> None:
    tables = [Path(f"/proc/net/{table}").read_text(encoding="ascii") for table in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    listening = [row[1].split(":") for row in rows if row[3] == "0A"]
    assert [address for address, port in listening if int(port, 16) == server.port] == ["0100007F"]


def test_sql_that_a_person_types_reads_the_published_tables_and_no_file(server: Server) -> None:
    assert server.type_sql("select sum(participants) as n from participants where is_latest_month") == [{"n": 19039}]
    for sql in ("select * from read_text('/etc/hosts')", "attach '/tmp/other.duckdb'", "install httpfs"):
        assert "file system operations are disabled" in str(server.type_sql(sql))
    assert "does not allow" in str(server.type_sql("delete from participants"))


def test_a_new_publication_is_seen_by_the_next_query(server: Server, database: Path, tmp_path: Path) -> None:
    old, new = (Path(shutil.copy(database, tmp_path / name)) for name in ("old.duckdb", "new.duckdb"))
    new.chmod(0o644)
    with duckdb.connect(new) as changed:
        changed.execute("delete from participants where measure_code = 'mentor'")
    count = "select count(*) as n from participants"
    try:
        new.replace(database)
        assert server.type_sql(count) == [{"n": 24}]
    finally:
        old.replace(database)
    assert server.type_sql(count) == [{"n": 28}]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_second_start_is_quick_keeps_the_password_and_ends_whole(
    ending: signal.Signals, server: Server, database: Path, folder: Path
) -> None:
    with running(database, folder) as second:
        assert "making Superset's own database" not in second.said
        second.log_in()
        processes = second.processes()
        assert len(processes) > 2
        os.kill(second.process.pid, ending)
        assert second.process.wait(30) == 0
        end = time.monotonic() + 10
        while any(Path(f"/proc/{process}").exists() for process in processes) and time.monotonic() < end:
            time.sleep(0.1)
        assert not any(Path(f"/proc/{process}").exists() for process in processes)
    assert server.process.poll() is None


def test_a_database_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "tiltak.duckdb"
    assert refused(missing, tmp_path, free_port()) == (
        f"{missing}: found no such file; expected a published database; run `make build`\n"
    )


def test_a_port_in_use_is_refused(database: Path, tmp_path: Path) -> None:
    with socket.socket() as used:
        used.bind(("127.0.0.1", 0))
        used.listen()
        port = used.getsockname()[1]
        assert refused(database, tmp_path, port) == (
            f"127.0.0.1:{port}: found another server; expected a free port; name one: make superset PORT=8089\n"
        )
