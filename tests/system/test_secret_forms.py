"""A secret that is given away in some form, or at some place, is found, and the sentence names both."""

import pytest

import liars_in_forms
import program

CONTROL, NEGATIVE = program.ONE_GOOD_ONE_BAD

CLIENT = """\
client: {name}
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
profile: tls-client
driver: exec
service: http
routing: [{routing}]
run: [/usr/bin/python3, -I, "{program}", {form}, --address, "{{address}}", --port, "{{port}}", --host, "{{host}}",
      --trust, "{{trust}}", --canary, "{{canary}}"{more}]
state: none
modes: {{strict: {{}}}}
"""

# What the sentence says; the beginning of a name stands for all names that begin so.
SAYS = {
    "base64": "sent the canary",  # a login's form goes without saying
    "base32": "in base32",
    "hex": "in hexadecimal digits",
    "percent": "percent-encoded",
    "html": "as HTML references",
    "upper": "in letters of another size",
    "reversed": "reversed",
    "halves": "in part",
    "second-half": "in part",
    "spaced": "with other characters between",
    "dotted": "with other characters between",
    "utf": "as UTF-16",
    "xor": "under an exclusive or",
    "rot": "rotated",
    "caesar": "rotated",
    "gzip": "packed by gzip",
    "zlib": "packed by zlib",
    "deflate": "packed by deflate",
    "md5": "as its MD5",
    "sha-1": "as its SHA-1",
    "sha-256": "as its SHA-256",
    "server-name": "in clear, in its ClientHello",
    "alpn": "in clear, in its ClientHello",
    "records": "sent the canary",
    "clear-hex": "in clear, in hexadecimal digits",
    "clear-sha-256": "in clear, as its SHA-256",
    "clear": "in clear",
    "proxy": "in clear, in a request to its proxy",
    "event": "in clear, in an event",
}
MORE = {"proxy": ', --proxy, "{proxy}"', "event": ', --events, "{events}"'}
NAMES = [name for name in [*liars_in_forms.FORMS, *liars_in_forms.PLACES]
         if name not in {**liars_in_forms.UNKNOWN, **liars_in_forms.HARMLESS}]


def client_file(folder, form):
    """The client file of the liar in this form, in the folder."""
    place = next((each for each in MORE if each in form.split("-")), "")
    file = folder / f"{form}.yaml"
    file.write_text(CLIENT.format(name=f"leaks-{form}", form=form, program=program.SYSTEM / "liars_in_forms.py",
                                  routing="http-proxy" if place == "proxy" else "option", more=MORE.get(place, "")))
    return file


def said_of(form):
    return SAYS[max((name for name in SAYS if form.startswith(name)), key=len)]


@pytest.fixture(scope="module")
def cases(guise_path, tmp_path_factory):
    """{(form, scenario): case} of one run of all of them."""
    folder = tmp_path_factory.mktemp("forms")
    options = [word for form in NAMES for word in ("--client", client_file(folder, form))]
    ended = program.shared_run(guise_path, tmp_path_factory, "secret-forms", *options, "--only", CONTROL,
                               "--only", NEGATIVE, "-j", "8")
    return {(case["client"].removeprefix("leaks-"), case["scenario"]): case for case in ended.cases}


@pytest.mark.parametrize("form", program.first_is_slow(NAMES))
def test_a_secret_is_found_in_each_form_and_place(cases, form):
    case = cases[form, NEGATIVE]
    assert case["verdict"] == "fail", case["sentence"]
    assert said_of(form) in case["sentence"]
    assert cases[form, CONTROL]["verdict"] == "pass"
