"""A pool of connections: one that looks at the host alone before it hands one out, or at how it was verified too."""

import http.client
import ssl


class Pool:
    """`careless`: a connection is handed out whatever verification it was made with. `keeps`: it is used again at all."""

    def __init__(self, careless, keeps=True):
        self.careless, self.keeps, self.live = careless, keeps, {}

    def connection(self, host, port, context):
        out = http.client.HTTPSConnection(host, port, context=context, timeout=10)
        return out

    def get(self, host, port, roots, verify, headers=None):
        """The status of the answer. Raises ssl.SSLCertVerificationError."""
        key = (host, port) if self.careless else (host, port, verify)
        connection = self.live.get(key)
        if connection is None or connection.sock is None:
            context = ssl.create_default_context(cafile=roots)
            if not verify:
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = self.connection(host, port, context)
        connection.request("GET", "/", headers=headers or {})
        response = connection.getresponse()
        response.read()
        if self.keeps and not response.will_close:
            self.live[key] = connection
        else:
            connection.close()
        return response.status
