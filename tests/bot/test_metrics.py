"""A worker's figures."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from bot.metrics import Metrics
from core.errors import NoText, Unavailable


@pytest.mark.parametrize(
    ("error", "family"), [(NoText(), "Unusable"), (Unavailable(), "Unavailable"), (KeyError(), "bug")]
)
def test_a_failure_is_counted_under_its_family(error: Exception, family: str) -> None:
    """What is none of ours is a bug."""
    metrics = Metrics()
    metrics.failed(error)
    assert f'snapspend_failures_total{{family="{family}"}} 1.0' in generate_latest(metrics.registry).decode()


def test_a_stage_is_measured_also_when_it_fails() -> None:
    """Failures take time too."""
    metrics = Metrics()
    with pytest.raises(KeyError), metrics.timed("read"):
        raise KeyError
    assert 'snapspend_stage_seconds_count{stage="read"} 1.0' in generate_latest(metrics.registry).decode()
