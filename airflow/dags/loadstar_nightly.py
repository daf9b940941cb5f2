"""The night as an Airflow DAG: one task per step, each a call of the ``loadstar`` command line.

The DAG knows nothing about a project. Two environment variables of the scheduler, the DAG processor and the workers
say where things are:

``LOADSTAR_HOME``     the folder that holds the ``loadstar`` command
``LOADSTAR_PROJECT``  the project folder; without it ``$LOADSTAR_HOME/config``

Schedule, retries and whom to notify come from the project's ``loadstar.yaml``; the sources from ``loadstar list``, at
run time. Parsing reads one small file and starts no process.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import yaml
from airflow.sdk import DAG, BaseOperator, Context, CronDataIntervalTimetable, Param
from airflow.sdk.exceptions import AirflowException, AirflowFailException

log = logging.getLogger("airflow.task.loadstar")

FAIL_AT_ONCE = {
    2: "usage, configuration or refused credentials",
    65: "the data was refused",
}
TRY_AGAIN = 75
SECONDS_TO_STOP = 30
SECONDS_TO_NOTIFY = 20
SOURCES_AT_ONCE = 4
STEP_TIMEOUT = timedelta(hours=6)
LIST_TIMEOUT = timedelta(minutes=10)

# Parameters of a run that are options of a step.
FLAGS = {"ingest": {"again": "--again", "as_is": "--as-is"}}

# What `loadstar.yaml` leaves out; the command line takes the same defaults.
DEFAULT_RETRIES = 2
DEFAULT_RETRY_DELAY = "5m"


@dataclass(frozen=True)
class Night:
    """What the project says about its nights."""

    timezone: ZoneInfo
    cron: str | None
    retries: int
    retry_delay: timedelta
    on_failure: tuple[str, ...]
    on_success: tuple[str, ...]


def home() -> Path:
    value = os.environ.get("LOADSTAR_HOME")
    if not value:
        raise ValueError("LOADSTAR_HOME is not set; set it to the folder that holds the loadstar command.")
    return Path(value)


def project() -> Path:
    value = os.environ.get("LOADSTAR_PROJECT")
    return Path(value) if value else home() / "config"


def duration(text: str) -> timedelta:
    """Reads ``90d``, ``36h``, ``5m`` or ``30s``."""
    match = re.fullmatch(r"(\d+)([smhd])", text.strip())
    if not match:
        raise ValueError("retry_delay in loadstar.yaml is not a duration such as 5m.")
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[match[2]]
    return timedelta(**{unit: int(match[1])})


def read_night(folder: Path) -> Night:
    # BaseLoader keeps every scalar text, as Loadstar itself reads them, and makes no objects.
    with open(folder / "loadstar.yaml", encoding="utf-8") as file:
        settings = yaml.load(file, Loader=yaml.BaseLoader) or {}  # noqa: S506
    schedule = settings.get("schedule") or {}
    notify = settings.get("notify") or {}
    return Night(
        timezone=ZoneInfo(settings["timezone"]),
        cron=schedule.get("cron") or None,
        retries=int(schedule.get("retries", DEFAULT_RETRIES)),
        retry_delay=duration(schedule.get("retry_delay", DEFAULT_RETRY_DELAY)),
        on_failure=tuple(notify.get("failure") or ()),
        on_success=tuple(notify.get("success") or ()),
    )


def business_date(context: Mapping[str, Any], zone: ZoneInfo) -> date:
    """The day a run is for: the parameter ``date``, else the local day on which its data interval begins."""
    named = (context.get("params") or {}).get("date")
    if named:
        return date.fromisoformat(named)
    start: datetime | None = context.get("data_interval_start")
    end: datetime | None = context.get("data_interval_end")
    if start is None or end is None or start == end:
        raise AirflowFailException(
            "Cannot tell the business date: this run has no data interval. Trigger it with a date."
        )
    return start.astimezone(zone).date()


class Loadstar(BaseOperator):
    """Runs one step; its output streams into the task's log and its exit code decides what happens next."""

    template_fields: Sequence[str] = ("source",)
    ui_color = "#e8eef7"

    def __init__(self, *, step: str, source: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.step = step
        self.source = source
        self._process: subprocess.Popen[str] | None = None

    def execute(self, context: Context) -> Any:
        arguments = ["--date", business_date(context, NIGHT.timezone).isoformat()]
        if self.source:
            arguments += ["--select", self.source]
        params = context.get("params") or {}
        arguments += [flag for name, flag in FLAGS.get(self.step, {}).items() if params.get(name)]
        self._call(arguments)

    def on_kill(self) -> None:
        self._stop()

    def _call(self, arguments: list[str], results: IO[bytes] | None = None) -> None:
        command = [str(home() / "loadstar"), self.step, "--project", str(project()), *arguments]
        log.info("Running %s", " ".join(command))
        try:
            code = self._stream(command, results)
        except OSError as cause:
            reason = cause.strerror or type(cause).__name__
            raise AirflowFailException(f"Cannot start {command[0]}: {reason}. Check LOADSTAR_HOME.") from cause
        judge(self.step, code)

    def _stream(self, command: list[str], results: IO[bytes] | None) -> int:
        """Logs what the command prints, as it prints it; with ``results``, its standard output goes there instead."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if results is None else results,
            stderr=subprocess.STDOUT if results is None else subprocess.PIPE,
            env={**os.environ, "NO_COLOR": "1"},
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        lines = self._process.stdout if results is None else self._process.stderr
        try:
            for line in lines or ():
                log.info("%s", line.rstrip())
            return self._process.wait()
        finally:
            # Reached with a live process only when Airflow interrupts the task, for example by its timeout.
            self._stop()

    def _stop(self) -> None:
        """Ends the command and what it started. The next run needs no cleaning up, so this may be rough."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        except ProcessLookupError:
            process.wait()


class Sources(Loadstar):
    """The names of the project's sources, by ``loadstar list``."""

    def execute(self, context: Context) -> list[str]:
        with tempfile.TemporaryFile() as results:
            self._call(["--output", "json"], results)
            results.seek(0)
            names = [source["name"] for source in json.load(results)["sources"]]
        if not names:
            # Mapping over nothing would skip the night without a word.
            raise AirflowFailException("Cannot run the night: the project has no sources. Add one to its sources.")
        return names


def judge(step: str, code: int) -> None:
    """Turns an exit code into success, a retry or a failure. No code skips a task."""
    if code == 0:
        return
    if code in FAIL_AT_ONCE:
        raise AirflowFailException(f"{step} ended with exit code {code}: {FAIL_AT_ONCE[code]}. See the log above.")
    if code == TRY_AGAIN:
        raise AirflowException(f"{step} ended with exit code {code}: something is unreachable or another run is ahead.")
    raise AirflowException(f"{step} ended with exit code {code}. See the log above.")


def notify(targets: Sequence[str], outcome: str, context: Mapping[str, Any]) -> None:
    """Tells everyone; that somebody cannot be told is logged, without the address, and changes nothing else."""
    text = message(outcome, context)
    for number, target in enumerate(targets, start=1):
        try:
            address = resolve(target)
            if address.startswith("mailto:"):
                send_mail(address.removeprefix("mailto:"), text, context)
            elif address.startswith("https://"):
                post(address, text)
            else:
                log.warning("Cannot notify target %d: it is neither mailto: nor https://.", number)
        except Exception as cause:  # noqa: BLE001 - a mail server that is down must not fail a night
            log.warning("Cannot notify target %d: %s.", number, type(cause).__name__)


def message(outcome: str, context: Mapping[str, Any]) -> str:
    run = context.get("dag_run")
    facts = {**context}
    for name in ("data_interval_start", "data_interval_end"):
        facts.setdefault(name, getattr(run, name, None))
    if "params" not in facts:
        facts["params"] = getattr(run, "conf", None) or {}
    try:
        night = f"The night of {business_date(facts, NIGHT.timezone).isoformat()}"
    except (AirflowException, ValueError):
        night = "A night"
    run_id = context.get("run_id") or getattr(run, "run_id", "unknown")
    return f"Loadstar: {night} {outcome} (run {run_id})."


def resolve(target: str) -> str:
    """Replaces ``${env:NAME}`` and ``${env:NAME:-default}``. Raises ``KeyError`` when a variable is missing."""

    def value(match: re.Match[str]) -> str:
        found = os.environ.get(match[1]) or match[2]
        if found is None:
            raise KeyError(match[1])
        return found

    return re.sub(r"\$\{env:([^}:]+)(?::-([^}]*))?}", value, target)


def send_mail(address: str, text: str, context: Mapping[str, Any]) -> None:
    """By the SMTP provider and its connection ``smtp_default``, else by Airflow's own mail settings."""
    try:
        from airflow.providers.smtp.notifications.smtp import SmtpNotifier
    except ImportError:
        from airflow.utils.email import send_email

        send_email(to=address, subject=text, html_content=text)
    else:
        SmtpNotifier(to=address, subject=text, html_content=text).notify(context)


def post(address: str, text: str) -> None:
    """The caller has seen that the address is https."""
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=SECONDS_TO_NOTIFY):  # noqa: S310
        pass


def callback(targets: Sequence[str], outcome: str) -> Callable[[Mapping[str, Any]], None] | None:
    return partial(notify, targets, outcome) if targets else None


NIGHT = read_night(project())

with DAG(
    dag_id="loadstar_nightly",
    description="Loads the warehouse: ingest, transform, build, load, check.",
    doc_md=__doc__,
    tags=["loadstar"],
    # The interval, not the moment of the start, says which day a run is for.
    schedule=CronDataIntervalTimetable(NIGHT.cron, timezone=str(NIGHT.timezone)) if NIGHT.cron else None,
    start_date=datetime(2020, 1, 1, tzinfo=NIGHT.timezone),
    catchup=False,
    max_active_runs=1,
    params={
        "date": Param(None, type=["null", "string"], format="date", description="Business date, if not the interval's"),
        "again": Param(False, type="boolean", description="Take the date's data anew, although it was taken"),
        "as_is": Param(
            False, type="boolean", description="Let what has no change times stand for an old date as it is now"
        ),
    },
    default_args={
        "retries": NIGHT.retries,
        "retry_delay": NIGHT.retry_delay,
        "execution_timeout": STEP_TIMEOUT,
    },
    on_failure_callback=callback(NIGHT.on_failure, "failed"),
    on_success_callback=callback(NIGHT.on_success, "is done"),
):
    sources = Sources(task_id="list_sources", step="list", execution_timeout=LIST_TIMEOUT)
    ingest = Loadstar.partial(
        task_id="ingest",
        step="ingest",
        map_index_template="{{ task.source }}",
        max_active_tis_per_dagrun=SOURCES_AT_ONCE,
    ).expand(source=sources.output)
    steps = [Loadstar(task_id=step, step=step) for step in ("transform", "build", "load", "check")]

    previous = ingest
    for step in steps:
        previous >> step
        previous = step
