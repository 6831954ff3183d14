"""Is an include found that its stage has no right to?"""

import containment
import pytest

STAGES = """guise_stage(base Boost::headers)
guise_stage(tls guise_base guise::boringssl)
guise_stage(pki guise_base guise_tls)
guise_stage(net guise_tls Threads::Threads)
guise_stage(judge guise_base)
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
