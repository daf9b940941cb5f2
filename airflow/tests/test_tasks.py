"""What a worker does: the real operators around a command that ends as the test wants."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timezone
from types import ModuleType
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from conftest import Home

# 03:30 in Berlin on the 20th to 03:30 on the 21st.
NIGHT: dict[str, Any] = {
    "data_interval_start": datetime(2026, 11, 20, 2, 30, tzinfo=timezone.utc),
    "data_interval_end": datetime(2026, 11, 21, 2, 30, tzinfo=timezone.utc),
    "params": {"date": None},
}


def step(nightly: ModuleType, name: str, **arguments: Any) -> Any:
    return nightly.Loadstar(task_id=f"{name}_alone", step=name, **arguments)


def test_a_step_is_called_with_the_project_and_the_business_date(home: Home, nightly: ModuleType) -> None:
    step(nightly, "transform").execute(NIGHT)
    assert home.calls() == [f"transform --project {home.project} --date 2026-11-20"]


def test_a_source_is_selected_by_name(home: Home, nightly: ModuleType) -> None:
    step(nightly, "ingest", source="shop").execute(NIGHT)
    assert home.calls() == [f"ingest --project {home.project} --date 2026-11-20 --select shop"]


def test_a_date_that_was_asked_for_wins(home: Home, nightly: ModuleType) -> None:
    step(nightly, "load").execute({**NIGHT, "params": {"date": "2026-01-31"}})
    assert home.calls() == [f"load --project {home.project} --date 2026-01-31"]


@pytest.mark.parametrize(
    ("params", "flags"),
    [
        ({"again": True, "as_is": False}, " --again"),
        ({"again": True, "as_is": True}, " --again --as-is"),
        ({"again": False, "as_is": False}, ""),
        ({}, ""),
    ],
)
def test_a_day_is_taken_anew_when_asked_for(
    home: Home, nightly: ModuleType, params: dict[str, bool], flags: str
) -> None:
    context = {**NIGHT, "params": {"date": None, **params}}
    step(nightly, "ingest", source="shop").execute(context)
    step(nightly, "transform").execute(context)
    night = f"--project {home.project} --date 2026-11-20"
    assert home.calls() == [f"ingest {night} --select shop{flags}", f"transform {night}"]


def test_an_interval_that_begins_late_in_the_evening_utc_belongs_to_the_local_day(nightly: ModuleType) -> None:
    late = {
        "data_interval_start": datetime(2026, 11, 20, 23, 15, tzinfo=timezone.utc),
        "data_interval_end": datetime(2026, 11, 21, 23, 15, tzinfo=timezone.utc),
    }
    assert nightly.business_date(late, nightly.NIGHT.timezone).isoformat() == "2026-11-21"


@pytest.mark.parametrize("interval", [None, datetime(2026, 11, 20, tzinfo=timezone.utc)])
def test_without_an_interval_a_date_is_asked_for(home: Home, nightly: ModuleType, interval: datetime | None) -> None:
    with pytest.raises(AirflowFailException, match="Trigger it with a date"):
        step(nightly, "build").execute({"data_interval_start": interval, "data_interval_end": interval})
    assert home.calls() == []


@pytest.mark.parametrize("code", [2, 65])
def test_what_a_retry_cannot_help_fails_at_once(home: Home, nightly: ModuleType, code: int) -> None:
    home.exits("build", code)
    with pytest.raises(AirflowFailException, match=f"build ended with exit code {code}"):
        step(nightly, "build").execute(NIGHT)


@pytest.mark.parametrize("code", [75, 1, 99, 137])
def test_everything_else_is_retried_and_nothing_is_skipped(home: Home, nightly: ModuleType, code: int) -> None:
    home.exits("build", code)
    with pytest.raises(AirflowException, match=f"build ended with exit code {code}") as failure:
        step(nightly, "build").execute(NIGHT)
    assert type(failure.value) is AirflowException


def test_a_command_that_is_not_there_fails_at_once(
    home: Home, nightly: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOADSTAR_HOME", str(home.folder / "nowhere"))
    with pytest.raises(AirflowFailException, match="Check LOADSTAR_HOME"):
        step(nightly, "build").execute(NIGHT)


def test_what_the_command_prints_is_in_the_log(
    home: Home, nightly: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger=nightly.log.name):
        step(nightly, "build").execute(NIGHT)
    assert "progress of build" in caplog.messages
    assert "trouble of build" in caplog.messages


def test_sources_are_what_list_says(home: Home, nightly: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=nightly.log.name):
        names = nightly.Sources(task_id="alone", step="list").execute(NIGHT)
    assert names == ["shop", "tills"]
    assert home.calls() == [f"list --project {home.project} --output json"]
    assert "progress of list" in caplog.messages


def test_a_project_without_sources_fails_instead_of_skipping(home: Home, nightly: ModuleType) -> None:
    home.sources('{"sources": []}')
    with pytest.raises(AirflowFailException, match="no sources"):
        nightly.Sources(task_id="alone", step="list").execute(NIGHT)


def test_a_wrong_project_fails_the_list_at_once(home: Home, nightly: ModuleType) -> None:
    home.exits("list", 2)
    with pytest.raises(AirflowFailException, match="list ended with exit code 2"):
        nightly.Sources(task_id="alone", step="list").execute(NIGHT)


def test_a_killed_task_takes_the_command_with_it(home: Home, nightly: ModuleType) -> None:
    home.hangs()
    task = step(nightly, "load")
    failures: list[BaseException] = []

    def run() -> None:
        try:
            task.execute(NIGHT)
        except AirflowException as failure:
            failures.append(failure)

    worker = threading.Thread(target=run)
    worker.start()
    deadline = time.monotonic() + 20
    while not home.calls() and time.monotonic() < deadline:
        time.sleep(0.01)
    task.on_kill()
    worker.join(timeout=20)
    assert not worker.is_alive()
    assert [str(failure) for failure in failures] == ["load ended with exit code -15. See the log above."]
