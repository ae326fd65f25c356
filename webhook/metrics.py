"""Figures of a receiver for Prometheus: updates by what became of them, and how long the queue is."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from core.adapters.job_queue import backlog
from core.adapters.wiring import Stores

CONTENT_TYPE = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        """Begin with zeros."""
        self.registry = CollectorRegistry()
        self.accepted = Counter("snapspend_updates_accepted", "Updates stored", registry=self.registry)
        self.repeated = Counter("snapspend_updates_repeated", "Updates that were here before", registry=self.registry)
        self.refused = Counter(
            "snapspend_updates_refused", "Updates not stored, by reason", ["reason"], registry=self.registry
        )
        self._jobs = Gauge("snapspend_queue_jobs", "Jobs that wait, by queue", ["queue"], registry=self.registry)
        self._oldest = Gauge(
            "snapspend_queue_oldest_seconds", "Age of the oldest job that waits", ["queue"], registry=self.registry
        )

    async def written(self, stores: Stores) -> bytes:
        """Return all figures as Prometheus reads them. Raises Unavailable when the database is away."""
        for queue, waiting in (await backlog(stores.pool)).items():
            self._jobs.labels(queue).set(waiting.jobs)
            self._oldest.labels(queue).set(waiting.oldest_seconds)
        return generate_latest(self.registry)


METRICS = web.AppKey("metrics", Metrics)
