"""Is a house word found where a text uses it, and only there?

The words are put together here, so that this file does not use them itself.
"""

import glossary
import pytest

TOLD, OCTETS, LEDGER, NOTHING_BUT = "to" + "ld", "oct" + "ets", "led" + "ger", "nothing " + "but"


def found(tree, text, path="docs/a.md"):
    tree.write(path, text)
    return [str(finding) for finding in glossary.check(tree.root, ()).findings]


def test_a_word_is_found_with_what_to_write_instead(tree):
    assert found(tree, f"One line.\nThe client is {TOLD} the address.\n") == [
        f"docs/a.md:2: '{TOLD}': write received, on_request, reported"]


@pytest.mark.parametrize("text, word", [
    (f"{TOLD.capitalize()} once, at the beginning.", TOLD),
    (f"It reads {NOTHING_BUT} files.", NOTHING_BUT),
    (f"It reads {NOTHING_BUT.replace(' ', chr(10))} files.", NOTHING_BUT),
    (f"Two {OCTETS}, and a \"third\" one.", OCTETS),
    (f"Three {OCTETS}: one too many.", OCTETS),
])
def test_each_form_of_a_word_is_found(tree, text, word):
    assert [line.split("'")[1] for line in found(tree, text + "\n")] == [word]


@pytest.mark.parametrize("text", [
    f"RFC 5280 4.1.2.2: users handle \"values up to 20 {OCTETS}\".",
    f"# RFC 5280 section 4.2.1.6: the address \"MUST be stored in the\n# {OCTETS}\" of the extension.",
    f"see serial-of-20-{OCTETS}, {LEDGER}.py and fixtures/{LEDGER}s/tls.yaml",
    f"the key `{LEDGER}`",
    "toldo, untold",
])
def test_quotations_and_identifiers_pass(tree, text):
    assert found(tree, text + "\n") == []


@pytest.mark.parametrize("path, text", [
    ("a.md", f"The first 20 \"{OCTETS}\" are compared.\n"),
    ("a.yaml", f"# RFC 5280\nsentence: \"Of RFC 5280 the first 20 {OCTETS} are compared.\"\n"),
    ("a.py", f'"""RFC 5280."""\nX = "RFC 5280: 20 {OCTETS}"\n'),
])
def test_a_quotation_without_its_source_and_a_value_are_found(tree, path, text):
    assert len(found(tree, text, path)) == 1


def test_of_data_the_values_are_texts_and_the_keys_are_not(tree):
    assert found(tree, f"{LEDGER}: tls\nrows: [{{{LEDGER}: tls}}]\ntitle: The {LEDGER} of TLS\n", "a.yaml") == [
        f"a.yaml:3: '{LEDGER}': write clause list"]


def test_of_python_comments_and_strings_with_spaces_are_texts(tree):
    text = f'"""What is\n{TOLD} here."""\n{TOLD} = {{}}  # what was {TOLD}\nassert {TOLD}["{TOLD}"], f"{{{TOLD}}} was {TOLD}"\n'
    assert [line.split(": '")[0] for line in found(tree, text, "a.py")] == ["a.py:2", "a.py:3", "a.py:4"]


@pytest.mark.parametrize("path, text, lines", [
    ("ci/run", f"{TOLD}=1\n# what was {TOLD}\ncat <<'TEXT'\nusage: {TOLD}\nTEXT\n{TOLD} x\n", [2, 4]),
    ("ci/program", f"#!/usr/bin/env python3\n{TOLD} = 1\nprint('what was {TOLD}')\n", [3]),
    ("a.js", f"const {TOLD} = 1; // {TOLD} once\n/* was\n   {TOLD} */ {TOLD}()\n", [1, 3]),
    ("a.cpp", f"/// What was {TOLD}.\nText {TOLD} = \"{TOLD} once\";  // {TOLD} once\n", [1, 2]),
    ("a.hpp", f"// Once.\n{TOLD}(x);  // `{TOLD}`: {TOLD}\n", [2]),
])
def test_of_other_sources_comments_and_usages_are_texts(tree, path, text, lines):
    assert [int(line.split(":")[1]) for line in found(tree, text, path)] == lines


@pytest.mark.parametrize("path", ["a.xsd", "LICENSE", "fixtures/reports/a.txt"])
def test_some_files_are_not_looked_at(tree, path):
    tree.write("README.md", "A page.\n")
    assert found(tree, f"{TOLD}\n", path) == []


def test_a_word_is_allowed_in_a_file_and_nowhere_else(tree):
    tree.write("docs/a.md", f"{TOLD}\n")
    tree.write("b.md", f"{TOLD}\n")
    findings = glossary.check(tree.root, (("docs/*.md", TOLD, "for a test"),)).findings
    assert [finding.path for finding in findings] == ["b.md"]


def test_an_allowance_that_matches_nothing_is_found(tree):
    tree.write("docs/a.md", "A page.\n")
    findings = glossary.check(tree.root, (("docs/*.md", TOLD, "for a test"),)).findings
    assert [str(finding) for finding in findings] == [f"ci/checks/glossary.py:1: allows '{TOLD}' in docs/*.md, where it is not"]
