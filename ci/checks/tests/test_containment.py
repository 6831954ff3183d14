"""Is an include found that its stage has no right to?"""

import containment
import pytest

STAGES = """guise_stage(base Boost::headers)
guise_stage(tls guise_base guise::boringssl)
guise_stage(pki guise_base guise_tls)
guise_stage(clients/file guise_base)
guise_stage(net guise_tls Threads::Threads)
guise_stage(clients guise_net guise_clients_file)
guise_stage(judge guise_base guise_clients_file)
"""


@pytest.fixture
def staged(tree):
    tree.write("harness/CMakeLists.txt", STAGES)
    return tree


def including(tree, path, header):
    tree.write(path, f"// a comment\n#include {header}\n")
    return tree.findings(containment.check)


@pytest.mark.parametrize(
    "path, header",
    [
        ("harness/net/a.cpp", "<boost/asio/ip/tcp.hpp>"),
        ("harness/net/a.cpp", "<boost/beast/http.hpp>"),
        ("harness/clients/a.cpp", "<boost/asio/spawn.hpp>"),
        ("tests/unit/net/a_test.cpp", "<boost/asio/spawn.hpp>"),
        ("harness/judge/a.cpp", "<boost/system/result.hpp>"),
        ("harness/pki/a.cpp", "<openssl/x509.h>"),
        ("harness/tls/a.hpp", "<openssl/ssl.h>"),
        ("tests/unit/judge/a_test.cpp", "<openssl/ssl.h>"),
        ("harness/pki/a.cpp", '"base/bytes.hpp"'),
        ("harness/net/a.cpp", '"base/bytes.hpp"'),
        ("harness/judge/a.cpp", '"judge/b.hpp"'),
        ("harness/judge/a.cpp", '"clients/file/client.hpp"'),
        ("harness/clients/rpc/a.cpp", '"clients/file/client.hpp"'),
        ("harness/clients/rpc/a.cpp", '"clients/driver.hpp"'),
        ("harness/main.cpp", '"judge/b.hpp"'),
        ("fixtures/reference-client/a.cpp", "<boost/asio.hpp>"),
    ],
)
def test_an_include_within_its_rights_passes(staged, path, header):
    staged.write("harness/base/other.hpp", "\n")
    assert including(staged, path, header) == []


@pytest.mark.parametrize(
    "path, header",
    [
        ("harness/judge/a.cpp", "<boost/asio/ip/tcp.hpp>"),
        ("harness/tls/a.hpp", "<boost/beast/http.hpp>"),
        ("tests/unit/pki/a_test.cpp", "<boost/asio.hpp>"),
        ("harness/main.cpp", "<boost/asio.hpp>"),
        ("harness/net/a.cpp", "<openssl/ssl.h>"),
        ("harness/base/a.cpp", '"tls/engine.hpp"'),
        ("harness/tls/a.cpp", '"pki/keys.hpp"'),
        ("harness/judge/a.cpp", '"tls/engine.hpp"'),
        ("tests/unit/judge/a_test.cpp", '"net/listener.hpp"'),
        ("harness/judge/a.cpp", '"clients/driver.hpp"'),
        ("harness/clients/file/a.cpp", '"clients/driver.hpp"'),
        ("harness/clients/file/a.cpp", "<boost/asio.hpp>"),
    ],
)
def test_an_include_beyond_its_rights_is_found_at_its_line(staged, path, header):
    found = including(staged, path, header)
    assert len(found) == 1
    assert found[0].startswith(f"{path}:2: must not include {header[1:-1]}: ")


def test_a_stage_may_only_link_stages_above_it(tree):
    tree.write("harness/CMakeLists.txt", "guise_stage(base guise_tls)\nguise_stage(tls)\n")
    tree.write("harness/base/a.cpp", "\n")
    expected = "harness/CMakeLists.txt:1: stage 'base' links 'tls', which is not above it"
    assert tree.findings(containment.check) == [expected]


def test_a_tree_without_stages_is_found(tree):
    tree.write("harness/base/a.cpp", "\n")
    assert tree.findings(containment.check) == ["harness/CMakeLists.txt:1: names no stage"]


@pytest.mark.parametrize("reader", ["judge", "report", "docs"])
@pytest.mark.parametrize("link", ["net", "clients", "helper"])
def test_a_stage_that_reads_evidence_reaches_none_that_acts(tree, reader, link):
    stages = "guise_stage(net)\nguise_stage(clients)\nguise_stage(helper guise_net)\n"
    tree.write("harness/CMakeLists.txt", f"{stages}guise_stage({reader} guise_{link})\n")
    tree.write("harness/net/a.cpp", "\n")
    acts = "net" if link == "helper" else link
    expected = f"harness/CMakeLists.txt:4: stage '{reader}' reads evidence, and links '{acts}', which acts"
    assert tree.findings(containment.check) == [expected]


@pytest.mark.parametrize("call", ["judge_case(subject)", "judge::standing_of(judgement)", "judge_corpus_case (true)"])
def test_a_verdict_that_is_made_outside_of_the_judge_is_found(staged, call):
    staged.write("harness/net/a.cpp", f"\nauto verdict = {call};\n")
    (found,) = staged.findings(containment.check)
    assert found.startswith("harness/net/a.cpp:2: calls ") and found.endswith("verdicts come from judge_session alone")


def test_the_judge_and_its_tests_make_verdicts(staged):
    staged.write("harness/judge/session.cpp", "auto verdict = judge_case(subject);\n")
    staged.write("tests/unit/judge/judge_test.cpp", "auto verdict = judge_case(subject);\n")
    staged.write("harness/net/a.cpp", "auto records = judge_session(evidence);\n")
    assert staged.findings(containment.check) == []
