"""guise: what a Python program needs to take part in a run. So far: adapters, see `guise.adapter`."""

from guise.adapter import Adapter, Attempt, Cancelled, ClientCrashed, Session, Unsupported

__all__ = ["Adapter", "Attempt", "Cancelled", "ClientCrashed", "Session", "Unsupported"]
