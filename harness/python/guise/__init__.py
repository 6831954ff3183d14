"""guise in Python: adapters for a run (`guise.adapter`), servers for tests of a client of one's own (`guise.server`),
and the pytest plugin on top of them (`guise.plugin`)."""

from guise.adapter import Adapter, Attempt, Cancelled, ClientCrashed, Session, Unsupported
from guise.program import GuiseError
from guise.server import Server

__all__ = ["Adapter", "Attempt", "Cancelled", "ClientCrashed", "GuiseError", "Server", "Session", "Unsupported"]
