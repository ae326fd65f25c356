"""Figures of a worker for Prometheus: seconds by stage, answers, retries, failures, and what the cloud was asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from core.errors import Misconfigured, NotAllowed, SnapSpendError, Unavailable, Unusable
from core.ports import Extractor, Hints, Reader
from core.receipt import Reading, Receipt

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        """Begin with zeros."""
        self.registry = CollectorRegistry()
        self.stages = Histogram(
            "snapspend_stage_seconds", "Seconds by stage", ["stage"], buckets=SECONDS, registry=self.registry
        )
        self.answers = Counter("snapspend_answers", "Answers given, by what was asked", ["of"], registry=self.registry)
        self.retries = Counter("snapspend_retries", "Jobs that are to be tried again", ["job"], registry=self.registry)
        self.failures = Counter("snapspend_failures", "Failures, by family", ["family"], registry=self.registry)
        self.cloud_calls = Counter(
            "snapspend_cloud_calls", "Calls of services in the cloud", ["service", "outcome"], registry=self.registry
        )
        self.cloud_tokens = Counter(
            "snapspend_cloud_tokens", "Tokens, in and out", ["service", "model", "way"], registry=self.registry
        )
        self.cloud_cost = Counter(
            "snapspend_cloud_cost_usd", "US dollars, where known", ["service", "model"], registry=self.registry
        )

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Measure a stage, whether it succeeds or not."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stages.labels(stage).observe(time.perf_counter() - began)

    def failed(self, error: BaseException) -> None:
        """Count a failure under its family; what is no error of ours is a bug."""
        families = (Unusable, NotAllowed, Unavailable, Misconfigured, SnapSpendError)
        family = next((family.__name__ for family in families if isinstance(error, family)), "bug")
        self.failures.labels(family).inc()

    def serve(self, host: str, port: int) -> None:
        """Serve the figures at http://HOST:PORT/metrics, from a thread of their own."""
        start_http_server(port, addr=host, registry=self.registry)


@dataclass(frozen=True)
class TimedReader:
    """A reader that measures another."""

    reader: Reader
    metrics: Metrics

    async def read(self, photo: bytes) -> Reading:
        """Read, measured."""
        with self.metrics.timed("read"):
            return await self.reader.read(photo)


@dataclass(frozen=True)
class TimedExtractor:
    """An extractor that measures another."""

    extractor: Extractor
    metrics: Metrics

    async def extract(self, reading: Reading, hints: Hints) -> Receipt:
        """Extract, measured."""
        with self.metrics.timed("extract"):
            return await self.extractor.extract(reading, hints)
