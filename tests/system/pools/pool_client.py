"""A client with a pool, driven: `pool_client.py careless|careful|none`."""

import pathlib
import socket
import ssl
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "harness" / "python"))
from guise import Adapter
from pool import Pool

KIND = sys.argv[1]


class Led(Pool):
    """Connects to the given addresses, whatever the host name."""

    address = None

    def connection(self, host, port, context):
        out = super().connection(host, port, context)
        out._create_connection = lambda _, *rest: socket.create_connection((self.address, port), *rest)
        return out


class PoolClient(Adapter):
    name, version, modes = f"pool-{KIND}", "1", ("strict", "disabled")
    instances = True

    def open(self, session):
        session.pool = Led(KIND == "careless", KIND != "none")

    def set_mode(self, session, mode):
        """Asked for with each request."""

    def connect(self, session, attempt):
        session.pool.address = attempt.address
        try:
            session.pool.get(attempt.host, attempt.port, session.trust, session.mode == "strict",
                             {"Authorization": f"Bearer {attempt.secret}"})
        except ssl.SSLCertVerificationError as error:
            return "refused", "other", str(error)
        return "connected"


if __name__ == "__main__":
    PoolClient().run()
