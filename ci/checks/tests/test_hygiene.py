"""Is what does not belong into a repository found?

The forbidden texts are put together here, so that this file does not hold them itself.
"""

import hygiene
import pytest

BASE64 = "MIIBVAIBADANBgkqhkiG9w0BAQEFAASC"


def pem(what: str, rest: str = BASE64, line_end: str = "\n") -> str:
    return f"-----BEGIN {what}-----{line_end}{rest}{line_end}-----END {what}-----\n"


def found(tree, text, path="docs/a.txt"):
    tree.write(path, text)
    return tree.findings(hygiene.check)


@pytest.mark.parametrize("what", ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"])
def test_a_private_key_is_found(tree, what):
    assert found(tree, "# a key\n" + pem(what)) == [f"docs/a.txt:2: a {what.lower()}"]


def test_a_key_in_an_old_style_with_headers_is_found(tree):
    assert found(tree, pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED")) == ["docs/a.txt:1: a rsa private key"]


@pytest.mark.parametrize("what", ["CERTIFICATE", "TRUSTED CERTIFICATE"])
def test_a_certificate_is_found(tree, what):
    assert found(tree, pem(what)) == [f"docs/a.txt:1: a {what.lower()}"]


@pytest.mark.parametrize("line_end", ["\\n", '\\n"\n    "', "\n    "])
def test_material_in_a_string_of_a_program_is_found(tree, line_end):
    assert found(tree, 'x = "' + pem("PRIVATE KEY", line_end=line_end)) == ["docs/a.txt:1: a private key"]


def test_a_program_may_speak_of_the_markers(tree):
    assert found(tree, 'if "-----BEGIN CERTIFICATE-----" in text:\n    split()\n') == []


@pytest.mark.parametrize("name", ["a.pem", "a.key", "a.p12", "a.crt", "a.der"])
def test_material_is_found_by_its_name(tree, name):
    assert "key or certificate material" in found(tree, b"\0\1", f"certs/{name}")[0]


@pytest.mark.parametrize("folder", ["home", "root", "work", "tmp"])
def test_a_path_of_one_machine_is_found(tree, folder):
    path = f"/{folder}/"
    assert found(tree, f"x\ncd {path}somebody\n") == [f"docs/a.txt:2: a path of one machine: {path}"]


@pytest.mark.parametrize("text", ["https://a.test/" + "home/b", "{home}/tmp" + "/x", "a/" + "work/b", "$TMPDIR/x"])
def test_a_path_below_something_else_is_not_of_one_machine(tree, text):
    assert found(tree, text + "\n") == []


@pytest.mark.parametrize("note", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_a_note_to_self_is_found(tree, note):
    assert found(tree, f"// {note}: later\n") == [f"docs/a.txt:1: a note to self: {note}"]


def test_a_name_that_contains_a_note_is_none(tree):
    assert found(tree, "guise-XXXXXX TODOS\n") == []


def test_a_line_with_a_reason_may_break_a_rule(tree):
    path = "/" + "tmp/x"
    assert found(tree, f"{path}  # hygiene: allow, what the client prints\n") == []
    assert found(tree, f"{path}  # hygiene: allow\n") != []


@pytest.mark.parametrize(
    "text, message",
    [
        ("a\nb \n", "docs/a.txt:2: trailing whitespace"),
        ("a\t\n", "docs/a.txt:1: trailing whitespace"),
        ("a\nb", "docs/a.txt:2: no newline at the end of the file"),
        ("a\nb\r\n", "docs/a.txt:2: a carriage return; line ends are LF"),
    ],
)
def test_the_shape_of_a_text_is_held(tree, text, message):
    assert found(tree, text) == [message]


def test_an_empty_file_and_a_binary_file_have_no_shape(tree):
    assert found(tree, "", "a/__init__.py") == []
    assert found(tree, b"\0 \n ", "a.bin") == []


def test_a_link_must_lead_to_a_file(tree):
    tree.write("docs/there.md", "x\n")
    text = "[a](there.md) [b](there.md#part) [c](#here) [d](https://a.test/x)\n![e](gone.png) [f](../gone/)\n"
    assert found(tree, text, "docs/a.md") == [
        "docs/a.md:2: a link to nothing: gone.png",
        "docs/a.md:2: a link to nothing: ../gone/",
    ]


def test_code_blocks_hold_no_links(tree):
    assert found(tree, "```\nf[x](y)\n```\n", "a.md") == []
