"""A project, a fake ``loadstar`` that writes down how it was called, and the DAG imported from both."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

DAGS = Path(__file__).resolve().parents[1] / "dags"

FAKE = """#!/bin/sh
echo "$*" >> "$LOADSTAR_HOME/calls"
if [ "$1" = list ]; then
  echo "progress of list" >&2
  cat "$LOADSTAR_HOME/sources.json"
else
  echo "progress of $1"
  echo "trouble of $1" >&2
fi
[ -f "$LOADSTAR_HOME/hang" ] && sleep 60
[ -f "$LOADSTAR_HOME/exit.$1" ] && exit "$(cat "$LOADSTAR_HOME/exit.$1")"
exit 0
"""

SETTINGS = """format: 1
timezone: Europe/Berlin
lake: lake
schedule:
  cron: 30 3 * * *
  retries: 4
  retry_delay: 90s
notify:
  failure: [mailto:night@shop.example, "${env:HOOK}"]
  success: []
"""

SOURCES = """{"sources": [
  {"name": "shop", "kind": "database", "required": true, "entities": [{"name": "shop.orders"}]},
  {"name": "tills", "kind": "files", "required": false, "entities": [{"name": "tills.sales"}]}]}
"""


class Home:
    """The folder that ``LOADSTAR_HOME`` names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"

    def exits(self, step: str, code: int) -> None:
        (self.folder / f"exit.{step}").write_text(str(code))

    def hangs(self) -> None:
        (self.folder / "hang").touch()

    def settings(self, text: str) -> None:
        (self.project / "loadstar.yaml").write_text(text)

    def sources(self, text: str) -> None:
        (self.folder / "sources.json").write_text(text)

    def calls(self) -> list[str]:
        file = self.folder / "calls"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    home.project.mkdir(parents=True)
    home.settings(SETTINGS)
    home.sources(SOURCES)
    command = home.folder / "loadstar"
    command.write_text(FAKE)
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("LOADSTAR_HOME", str(home.folder))
    monkeypatch.setenv("LOADSTAR_PROJECT", str(home.project))
    yield home
    shutil.rmtree(home.folder)


def imported() -> ModuleType:
    """The DAG's file as a module of its own, read with the environment of this test."""
    spec = importlib.util.spec_from_file_location("loadstar_nightly_under_test", DAGS / "loadstar_nightly.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def nightly(home: Home) -> ModuleType:
    assert os.environ["LOADSTAR_HOME"] == str(home.folder)
    return imported()
