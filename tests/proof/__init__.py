"""Proofs under load: receivers, worker and database fail while Telegram delivers, and nothing is lost or said twice."""
