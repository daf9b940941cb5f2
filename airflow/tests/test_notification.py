"""Who is told, and that nobody's mail server can fail a night."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from contextlib import nullcontext
from datetime import datetime, timezone
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.providers.smtp.notifications.smtp import SmtpNotifier

TEXT = "Loadstar: The night of 2026-11-20 failed (run scheduled__1)."
CONTEXT: dict[str, Any] = {
    "run_id": "scheduled__1",
    "dag_run": SimpleNamespace(
        run_id="scheduled__1",
        conf={},
        data_interval_start=datetime(2026, 11, 20, 2, 30, tzinfo=timezone.utc),
        data_interval_end=datetime(2026, 11, 21, 2, 30, tzinfo=timezone.utc),
    ),
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What would have left the machine: address and text."""
    sent: list[tuple[str, str]] = []

    def mail(self: SmtpNotifier, context: Any) -> None:
        assert self.html_content == self.subject
        sent.append((str(self.to), str(self.subject)))

    def open_url(request: urllib.request.Request, timeout: float) -> Any:
        assert timeout > 0
        assert request.get_method() == "POST"
        assert isinstance(request.data, bytes)
        sent.append((request.full_url, json.loads(request.data)["text"]))
        return nullcontext()

    monkeypatch.setattr(SmtpNotifier, "notify", mail)
    monkeypatch.setattr(urllib.request, "urlopen", open_url)
    return sent


def test_a_failed_night_tells_everyone(
    nightly: ModuleType, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.example/secret-path")
    tell = nightly.callback(nightly.NIGHT.on_failure, "failed")
    tell(CONTEXT)
    assert sent == [("night@shop.example", TEXT), ("https://hooks.example/secret-path", TEXT)]


def test_a_missing_variable_keeps_the_others_informed(
    nightly: ModuleType,
    sent: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("HOOK", raising=False)
    nightly.notify(["${env:HOOK}", "mailto:night@shop.example"], "failed", CONTEXT)
    assert sent == [("night@shop.example", TEXT)]
    assert "Cannot notify target 1: KeyError." in caplog.messages


def test_a_dead_webhook_is_logged_without_its_address(
    nightly: ModuleType, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.URLError("https://hooks.example/secret-path is down")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    with caplog.at_level(logging.DEBUG):
        nightly.notify(["https://hooks.example/secret-path"], "failed", CONTEXT)
    assert caplog.messages == ["Cannot notify target 1: URLError."]


@pytest.mark.parametrize("target", ["http://hooks.example/x", "file:///etc/passwd"])
def test_only_mail_and_https_are_used(
    nightly: ModuleType, sent: list[tuple[str, str]], caplog: pytest.LogCaptureFixture, target: str
) -> None:
    nightly.notify([target], "failed", CONTEXT)
    assert sent == []
    assert caplog.messages == ["Cannot notify target 1: it is neither mailto: nor https://."]


def test_a_default_stands_in_for_a_variable(nightly: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEAM", raising=False)
    assert nightly.resolve("mailto:${env:TEAM:-data@shop.example}") == "mailto:data@shop.example"


def test_a_run_without_an_interval_can_still_be_told_about(nightly: ModuleType) -> None:
    assert nightly.message("failed", {"run_id": "manual__1"}) == "Loadstar: A night failed (run manual__1)."
