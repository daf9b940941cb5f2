"""What the scheduler sees."""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta, timezone
from types import ModuleType

import pendulum
import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.definitions.mappedoperator import MappedOperator
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import TimeRestriction
from conftest import DAGS, SETTINGS, Home, imported


@pytest.fixture
def dag(home: Home):
    bag = DagBag(dag_folder=str(DAGS))
    assert bag.import_errors == {}
    assert list(bag.dags) == ["loadstar_nightly"]
    return bag.dags["loadstar_nightly"]


def test_steps_follow_one_another(dag) -> None:
    after = {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks}
    assert after == {
        "list_sources": ["ingest"],
        "ingest": ["transform"],
        "transform": ["build"],
        "build": ["load"],
        "load": ["check"],
        "check": [],
    }


def test_ingest_is_mapped_over_the_sources_of_the_run(dag) -> None:
    ingest = dag.get_task("ingest")
    assert isinstance(ingest, MappedOperator)
    over = ingest._get_specified_expand_input().value
    assert {name: argument.operator.task_id for name, argument in over.items()} == {"source": "list_sources"}


def test_retries_come_from_the_project(dag) -> None:
    for task in dag.tasks:
        assert task.retries == 4, task.task_id
        assert task.retry_delay == timedelta(seconds=90), task.task_id
        assert task.execution_timeout is not None, task.task_id


def test_nothing_is_taken_anew_unless_asked_for(dag) -> None:
    assert {name: dag.params[name] for name in dag.params} == {"date": None, "again": False, "as_is": False}


def test_one_night_at_a_time_and_none_made_up(dag) -> None:
    assert dag.max_active_runs == 1
    assert dag.catchup is False


def test_a_scheduled_interval_is_the_local_day_before(dag, nightly: ModuleType) -> None:
    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dag)).timetable
    assert str(dag.timezone) == "Europe/Berlin"
    # Berlin's clocks went back on 2026-10-25; 03:30 is 01:30 UTC before and 02:30 UTC after.
    interval = timetable.infer_manual_data_interval(run_after=pendulum.datetime(2026, 10, 26, 3, 0, tz="UTC"))
    assert interval.start == datetime(2026, 10, 25, 2, 30, tzinfo=timezone.utc)
    assert interval.end == datetime(2026, 10, 26, 2, 30, tzinfo=timezone.utc)
    context = {"data_interval_start": interval.start, "data_interval_end": interval.end}
    assert nightly.business_date(context, nightly.NIGHT.timezone).isoformat() == "2026-10-25"
    info = timetable.next_dagrun_info(
        last_automated_data_interval=interval, restriction=TimeRestriction(None, None, catchup=True)
    )
    assert info.data_interval.end == datetime(2026, 10, 27, 2, 30, tzinfo=timezone.utc)


def test_only_a_project_that_notifies_has_callbacks(dag) -> None:
    assert dag.has_on_failure_callback
    assert not dag.has_on_success_callback


def test_a_project_without_a_schedule_runs_when_triggered(home: Home) -> None:
    home.settings("format: 1\ntimezone: UTC\nlake: lake\n")
    bag = DagBag(dag_folder=str(DAGS))
    assert bag.import_errors == {}
    dag = bag.dags["loadstar_nightly"]
    assert not dag.timetable.can_be_scheduled
    assert dag.get_task("load").retries == 2
    assert dag.get_task("load").retry_delay == timedelta(minutes=5)
    assert not dag.has_on_failure_callback


def test_parsing_starts_no_process(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started while parsing")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    imported()
    assert home.calls() == []


def test_a_missing_home_is_an_import_error_that_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOADSTAR_HOME")
    monkeypatch.delenv("LOADSTAR_PROJECT")
    bag = DagBag(dag_folder=str(DAGS))
    assert "LOADSTAR_HOME is not set" in next(iter(bag.import_errors.values()))


@pytest.mark.parametrize("wrong", ["retry_delay: soon", "retry_delay: 5"])
def test_a_wrong_duration_is_an_import_error(home: Home, wrong: str) -> None:
    home.settings(SETTINGS.replace("retry_delay: 90s", wrong))
    bag = DagBag(dag_folder=str(DAGS))
    assert "is not a duration" in next(iter(bag.import_errors.values()))
