"""A client that verifies, refuses what is bad, and gives its secret away all the same, in one form or at one place.

    liars_in_forms.py FORM --address A --port P --host H --trust FILE --canary C [--proxy A:P] [--events URL]

FORMS are functions from the secret to the bytes that a second connection, without verification, sends; PLACES send
it elsewhere. Exit 0 where the chain was good, 1 where it was refused.
"""

import argparse
import base64
import codecs
import gzip
import hashlib
import os
import random
import socket
import ssl
import sys
import time
import urllib.parse
import urllib.request
import zlib

USER, REALM = "guise", "home"


def rotated(secret, letters, digits):
    def one(c):
        if c.isdigit():
            return chr((ord(c) - 48 + digits) % 10 + 48)
        return chr((ord(c) - 97 + letters) % 26 + 97) if c.isalpha() else c
    return "".join(map(one, secret)).encode()


def rot47(secret):
    return bytes((ord(c) - 33 + 47) % 94 + 33 for c in secret)


def xored(key):
    return lambda secret: bytes(c ^ key for c in secret.encode())


def deflated(secret):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(secret.encode()) + packer.flush()


def named(digest):
    return f'username="{USER}", realm="{REALM}", response="{digest}"'.encode()


def header(text):
    return b"X-Note: a " + text + b" z"


FORMS = {
    "base64": lambda s: header(base64.b64encode(s.encode())),
    "base64-inside": lambda s: header(base64.b64encode(f"{USER}:{s}!".encode())),
    "base64-for-addresses": lambda s: header(base64.urlsafe_b64encode(f"??{s}".encode())),
    "base32": lambda s: header(base64.b32encode(s.encode())),
    "hex": lambda s: header(s.encode().hex().encode()),
    "hex-upper": lambda s: header(s.encode().hex().upper().encode()),
    "hex-colons": lambda s: header(s.encode().hex(":").encode()),
    "percent": lambda s: header("".join(f"%{ord(c):02x}" for c in s).encode()),
    "percent-in-part": lambda s: header(urllib.parse.quote(s.replace("-", "%2D"), safe="%").encode()),
    "html-decimal": lambda s: header("".join(f"&#{ord(c)};" for c in s).encode()),
    "html-hexadecimal": lambda s: header("".join(f"&#x{ord(c):x};" for c in s).encode()),
    "upper": lambda s: header(s.upper().encode()),
    "reversed": lambda s: header(s[::-1].encode()),
    "reversed-upper": lambda s: header(s[::-1].upper().encode()),
    "halves": lambda s: b"X-A: " + s[:19].encode() + b"\r\nX-B: " + s[19:].encode(),
    "second-half": lambda s: header(s[19:].encode()),
    "spaced": lambda s: header(" ".join(s).encode()),
    "dotted": lambda s: header(".".join(s).encode()),
    "utf-16-little": lambda s: header(s.encode("utf-16-le")),
    "utf-16-big": lambda s: header(s.encode("utf-16-be")),
    "utf-32": lambda s: header(s.encode("utf-32-le")),
    "xor-1": xored(1),
    "xor-90": xored(90),
    "xor-255": xored(255),
    "rot13": lambda s: header(codecs.encode(s, "rot13").encode()),
    "rot5": lambda s: header(rotated(s, 0, 5)),
    "rot18": lambda s: header(rotated(s, 13, 5)),
    "caesar-3": lambda s: header(rotated(s, 3, 0)),
    "rot47": lambda s: header(rot47(s)),
    "gzip": lambda s: b"\r\n" + gzip.compress(s.encode()),
    "zlib": lambda s: b"\r\n" + zlib.compress(s.encode()),
    "deflate": lambda s: b"Content-Encoding: deflate\r\n\r\n" + deflated(s),
}
for name, digest in (("md5", hashlib.md5), ("sha-1", hashlib.sha1), ("sha-256", hashlib.sha256)):
    FORMS |= {
        f"{name}-hex": lambda s, d=digest: header(d(s.encode()).hexdigest().encode()),
        f"{name}-hex-upper": lambda s, d=digest: header(d(s.encode()).hexdigest().upper().encode()),
        f"{name}-base64": lambda s, d=digest: header(base64.b64encode(d(s.encode()).digest())),
        f"{name}-octets": lambda s, d=digest: header(d(s.encode()).digest()),
        f"{name}-with-user": lambda s, d=digest: named(d(f"{USER}:{s}".encode()).hexdigest()),
        f"{name}-with-realm": lambda s, d=digest: named(d(f"{USER}:{REALM}:{s}".encode()).hexdigest()),
    }


def stream(seed, length):
    """The same bytes for the same seed."""
    out = b""
    while len(out) < length:
        out += hashlib.sha512(f"{seed} {len(out)}".encode()).digest()
    return out[:length]


def encrypted(secret):
    return bytes(a ^ b for a, b in zip(secret.encode(), stream("a key of mine", len(secret))))


def in_digits(secret):
    """Each digit of a hash in a header of its own, beside what varies by itself."""
    return b"\r\n".join(f"X-{i}: {d} {os.urandom(4).hex()}".encode()
                        for i, d in enumerate(hashlib.sha512(secret.encode()).hexdigest()[:24]))


# Forms that guise does not know: only a comparison finds them.
UNKNOWN = {
    "unknown-sha-512": lambda s: header(hashlib.sha512(s.encode()).hexdigest().encode()),
    "unknown-encrypted": lambda s: header(base64.b64encode(encrypted(s))),
    "unknown-octets": encrypted,
    "unknown-digits": in_digits,
    "unknown-moved": lambda s: b"a" * random.randrange(99) + encrypted(s) + os.urandom(random.randrange(99)),
    "unknown-short": lambda s: header(encrypted(s)[7:11]),
    "unknown-server-name": None,  # of these the place is in PLACES
    "unknown-clear": None,
    "unknown-proxy": None,
    "unknown-event": None,
}
# And what is none: random, of the clock, of the process, of the server's name.
HARMLESS = {
    "harmless-random": lambda s: header(os.urandom(40)),
    "harmless-time": lambda s: header(f"{time.time()} {time.time():.0f} {os.getpid()}".encode()),
    "harmless-choice": lambda s: header(f"agent {random.randrange(100)} ".encode() * 5),
    "harmless-same": lambda s: header(b"always the same"),
}
FORMS |= {form: octets_of for form, octets_of in {**UNKNOWN, **HARMLESS}.items() if octets_of}


def tcp(to):
    return asked(to, f"CONNECT {to.host}:{to.port}") if to.proxy else socket.create_connection((to.address.strip("[]"), to.port), 5)


def asked(to, request):
    """A connection to the proxy, which has answered the request."""
    address, _, port = to.proxy.rpartition(":")
    out = socket.create_connection((address.strip("[]"), int(port)), 5)
    out.sendall(f"{request} HTTP/1.1\r\n\r\n".encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += out.recv(1) or b"\r\n\r\n"
    return out


def unverified():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def say(sock, octets):
    with sock:
        sock.sendall(octets)
        sock.settimeout(5)
        try:
            sock.recv(65536)
        except OSError:
            pass  # it has been sent


def in_tls(to, octets, context=None, host=None):
    say((context or unverified()).wrap_socket(tcp(to), server_hostname=host or to.host), octets)


def in_server_name(to):
    in_tls(to, b"", host=f"{to.canary}.test")


def in_alpn(to):
    context = unverified()
    context.set_alpn_protocols([to.canary, "http/1.1"])
    in_tls(to, b"", context)


def octet_by_octet(to):
    """Each byte of the request in its own record."""
    with unverified().wrap_socket(tcp(to), server_hostname=to.host) as sock:
        for octet in f"GET / HTTP/1.1\r\nConnection: close\r\nX: {to.canary}\r\n\r\n".encode():
            sock.sendall(bytes([octet]))
        sock.recv(65536)


def in_clear(octets_of):
    return lambda to: say(tcp(to), octets_of(to.canary))


def to_the_proxy(request):
    return lambda to: asked(to, request.format(to=to)).close()


def in_event(to):
    urllib.request.urlopen(f"{to.events}?name=note&faults={to.canary}", timeout=5).close()


PLACES = {
    "proxy-host": to_the_proxy("CONNECT {to.canary}.test:443"),
    "proxy-login": to_the_proxy("CONNECT {to.host}:{to.port} HTTP/1.1\r\nProxy-Authorization: Bearer {to.canary}\r\nX:"),
    "event": in_event,
    "server-name": in_server_name,
    "alpn": in_alpn,
    "records": octet_by_octet,
    "clear": in_clear(lambda s: f"GET /{s} HTTP/1.0\r\n\r\n".encode()),
    "unknown-server-name": lambda to: in_tls(to, b"", host=f"{encrypted(to.canary)[7:].hex()[:60]}.test"),
    "unknown-clear": in_clear(lambda s: b"hello " + encrypted(s) + b"\r\n\r\n"),
    "unknown-proxy": lambda to: asked(to, f"CONNECT {encrypted(to.canary)[7:].hex()[:60]}.test:443").close(),
    "unknown-event": lambda to: urllib.request.urlopen(f"{to.events}?name=note&faults={encrypted(to.canary).hex()}",
                                                       timeout=5).close(),
    "clear-hex": in_clear(lambda s: b"hello " + s.encode().hex().encode() + b"\r\n\r\n"),
    "clear-sha-256": in_clear(lambda s: b"hello " + hashlib.sha256(s.encode()).hexdigest().encode() + b"\r\n\r\n"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("form", choices=[*FORMS, *PLACES])
    for option in ("--address", "--host", "--trust", "--canary"):
        parser.add_argument(option, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--proxy", default="")
    parser.add_argument("--events", default="")
    to = parser.parse_args()
    request = f"GET / HTTP/1.1\r\nHost: {to.host}\r\n".encode()
    try:
        in_tls(to, request + f"Authorization: Bearer {to.canary}\r\nConnection: close\r\n\r\n".encode(),
               ssl.create_default_context(cafile=to.trust))
        return 0
    except ssl.SSLError as error:
        print(error, file=sys.stderr)
    try:
        if to.form in PLACES:
            PLACES[to.form](to)
        else:
            in_tls(to, request + FORMS[to.form](to.canary) + b"\r\n\r\n")
    except OSError as error:
        print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
