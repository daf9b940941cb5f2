"""A whole run by Airflow itself, with its metadata database."""

from __future__ import annotations

import pendulum
import pytest
from airflow.dag_processing.dagbag import DagBag
from conftest import DAGS, Home


def run(home: Home, day: int) -> dict[tuple[str, int], str]:
    """Runs the DAG as if triggered in the morning of a November day; answers states by task and map index."""
    dag = DagBag(dag_folder=str(DAGS), bundle_name="dags-folder").dags["loadstar_nightly"]
    moment = pendulum.datetime(2026, 11, day, 5, tz="UTC")
    finished = dag.test(run_after=moment, logical_date=moment)
    return {(ti.task_id, ti.map_index): str(ti.state) for ti in finished.get_task_instances()}


def test_a_night_calls_each_step_once_and_ingest_once_per_source(home: Home) -> None:
    states = run(home, day=21)
    assert set(states.values()) == {"success"}
    assert ("ingest", 1) in states
    night = f"--project {home.project} --date 2026-11-20"
    calls = home.calls()
    assert calls[0] == f"list --project {home.project} --output json"
    assert sorted(calls[1:3]) == [f"ingest {night} --select shop", f"ingest {night} --select tills"]
    assert calls[3:] == [f"{step} {night}" for step in ("transform", "build", "load", "check")]


@pytest.mark.parametrize(("code", "day"), [(2, 2), (65, 3)])
def test_a_refused_step_stops_the_night(home: Home, code: int, day: int) -> None:
    home.exits("build", code)
    states = run(home, day)
    assert states["build", -1] == "failed"
    assert states["load", -1] == "upstream_failed"
    assert [call.split()[0] for call in home.calls()].count("build") == 1


def test_an_unreachable_system_is_tried_again(home: Home) -> None:
    home.settings("format: 1\ntimezone: UTC\nschedule: { cron: 0 2 * * *, retries: 2, retry_delay: 0s }\n")
    home.exits("load", 75)
    states = run(home, day=4)
    assert states["load", -1] == "failed"
    assert states["check", -1] == "upstream_failed"
    assert [call.split()[0] for call in home.calls()].count("load") == 3
