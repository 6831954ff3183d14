"""Clients that lie, each in one way, so that tests of the harness know what it must not believe.

    liars.py NAME --address A --port P --host H --trust FILE --canary C

Each liar is one function; its docstring says what it does on the wire and what it claims by its exit code
(1, where nothing is said, if the connection itself fails).
"""

import argparse
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time


def unverified():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def verified(to):
    return ssl.create_default_context(cafile=to.trust)


def connect(to):
    return socket.create_connection((to.address.strip("[]"), to.port), 5)


def tls(to, context):
    return context.wrap_socket(connect(to), server_hostname=to.host)


def request(to):
    return f"GET / HTTP/1.0\r\nHost: {to.host}\r\nAuthorization: Bearer {to.canary}\r\n\r\n".encode()


def say(sock, text):
    sock.sendall(text)
    try:
        sock.recv(65536)
    except OSError:
        pass  # it has been sent; the answer is of no interest
    sock.close()


def send_canary(to, sock):
    say(sock, request(to))


def chain_is_good(to, sock):
    """What a handshake with verification would have said, asked of the openssl program afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        chain = os.path.join(folder, "chain.pem")
        with open(chain, "w") as file:
            for certificate in sock._sslobj.get_unverified_chain():
                file.write(certificate.public_bytes())
        command = ["openssl", "verify", "-no-CAfile", "-no-CApath", "-no-CAstore", "-purpose", "sslserver",
                   "-CAfile", to.trust, "-untrusted", chain, "-verify_hostname", to.host, chain]
        return subprocess.run(command, capture_output=True).returncode == 0


def handshake_until_certificate(to):
    """Runs the handshake until the server's Certificate has been read, and sends nothing after it."""
    sock = connect(to)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = unverified().wrap_bio(incoming, outgoing, server_hostname=to.host)
    while True:
        try:
            client.do_handshake()
        except ssl.SSLWantReadError:
            pass
        if client._sslobj.get_unverified_chain():
            return sock
        sock.sendall(outgoing.read())
        received = sock.recv(65536)
        if not received:
            sys.exit(1)
        incoming.write(received)


def accepts_everything(to):
    """Verifies nothing in any mode, sends the canary, exits 0."""
    send_canary(to, tls(to, unverified()))


def refuses_everything(to):
    """Trusts no root in any mode: an alert for every certificate, exits 1."""
    tls(to, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def never_connects(to):
    """Does nothing, and exits 0 as if all were well."""


def hangs(to):
    """Reads the Certificate and never says another word."""
    sock = handshake_until_certificate(to)
    time.sleep(600)
    sock.close()


def dies_by_signal(to):
    """Crashes on the Certificate: what the server sees is a close, as in a refusal."""
    handshake_until_certificate(to)
    os.kill(os.getpid(), signal.SIGSEGV)


def plain_http(to):
    """Speaks HTTP in clear, without the canary, exits 0."""
    say(connect(to), f"GET / HTTP/1.0\r\nHost: {to.host}\r\n\r\n".encode())


def plain_http_with_canary(to):
    """Speaks HTTP in clear and gives the canary away, exits 0."""
    send_canary(to, connect(to))


def half_hello(to):
    """Sends the first half of a ClientHello and closes, exits 1."""
    outgoing = ssl.MemoryBIO()
    client = unverified().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=to.host)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    hello = outgoing.read()
    with connect(to) as sock:
        sock.sendall(hello[: len(hello) // 2])
    return 1


def request_before_verifying(to):
    """Sends the canary first and looks at the certificate afterwards: exits 1 where it was bad."""
    with tls(to, unverified()) as sock:
        sock.sendall(request(to))
        return 0 if chain_is_good(to, sock) else 1


def late_refuser(to):
    """Finishes the handshake, then verifies, and closes without a byte where the chain is bad: no lie."""
    with tls(to, unverified()) as sock:
        if not chain_is_good(to, sock):
            return 1
        send_canary(to, sock)
    return 0


def falls_back(to):
    """Refuses a bad certificate with an alert, then comes again without verification, exits 0."""
    try:
        sock = tls(to, verified(to))
    except ssl.SSLError:
        sock = tls(to, unverified())
    send_canary(to, sock)


def falls_back_to_plain(to):
    """Refuses a bad certificate with an alert, then says it all in clear, exits 0."""
    try:
        sock = tls(to, verified(to))
    except ssl.SSLError:
        sock = connect(to)
    send_canary(to, sock)


def records(sock):
    """The TLS records that come, each whole."""
    stream = sock.makefile("rb")
    while len(header := stream.read(5)) == 5:
        yield header + stream.read(int.from_bytes(header[3:], "big"))


def answers_heartbeats(to):
    """Verifies everything, and answers a heartbeat with as many bytes of its memory as requested, without reporting it."""
    sock, incoming, outgoing = connect(to), ssl.MemoryBIO(), ssl.MemoryBIO()
    client = verified(to).wrap_bio(incoming, outgoing, server_hostname=to.host)
    arriving = records(sock)
    while True:
        try:
            client.do_handshake()
            break
        except ssl.SSLWantReadError:
            sock.sendall(outgoing.read())
        except ssl.SSLError:
            sock.sendall(outgoing.read())  # the alert
            return 1
        record = next(arriving, None)
        if record is None:
            return 1
        if record[0] == 24:
            wanted = int.from_bytes(record[6:8], "big")
            answer = bytes([2]) + record[6:8] + os.urandom(wanted - 3)
            sock.sendall(bytes([24, 3, 3]) + len(answer).to_bytes(2, "big") + answer)
        else:
            incoming.write(record)
    client.write(request(to))
    say(sock, outgoing.read())
    return 0


LIARS = {
    function.__name__.replace("_", "-"): function
    for function in (accepts_everything, refuses_everything, never_connects, hangs, dies_by_signal, plain_http,
                     plain_http_with_canary, half_hello, request_before_verifying, late_refuser, falls_back,
                     falls_back_to_plain, answers_heartbeats)
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=LIARS)
    for option in ("--address", "--host", "--trust", "--canary"):
        parser.add_argument(option, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    try:
        return LIARS[options.name](options) or 0
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
