"""guise in Python: adapters for runs (`guise.adapter`), servers for tests of your own client (`guise.server`),
and the pytest plugin on top of these (`guise.plugin`)."""

from guise.adapter import Adapter, Attempt, Cancelled, ClientCrashed, Session, Unsupported
from guise.program import GuiseError
from guise.server import Server

__all__ = ["Adapter", "Attempt", "Cancelled", "ClientCrashed", "GuiseError", "Server", "Session", "Unsupported"]
