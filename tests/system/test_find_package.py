"""The C++ fixture in a project outside the tree: find_package(guise), Catch2, a test of curl."""

import os
import re
import subprocess

import pytest

import program

THEIR_PROJECT = program.ROOT / "tests/system/find_package"
README = program.ROOT / "README.md"
AROUND_THE_SNIPPET = """#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

void my_client(const std::string& url, const std::string& ca_file) {{
    if (std::system(("curl -q -sS --cacert '" + ca_file + "' '" + url + "' 2>/dev/null").c_str()) == 0) return;
}}
{}"""


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=program.LIFETIME, **more)


@pytest.fixture(scope="module")
def their_tests(prefix, tmp_path_factory):
    """Their test program, built against guise as it is installed under a prefix."""
    folder = tmp_path_factory.mktemp("theirs")
    [snippet] = re.findall(r"^```cpp\n(.*?)^```", README.read_text(), re.M | re.S)
    (folder / "readme.cpp").write_text(AROUND_THE_SNIPPET.format(snippet))
    cmake = program.tool("cmake")
    for command in ([cmake, "-S", THEIR_PROJECT, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}",
                     f"-DMORE_TESTS={folder / 'readme.cpp'}"],
                    [cmake, "--build", folder / "build"]):
        done = run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build/their_tests"


def environment(**more):
    return {name: value for name, value in os.environ.items() if name != "GUISE"} | more


@pytest.mark.slow
def test_a_project_outside_the_tree_tests_its_client(their_tests):
    program.tool("curl")
    done = run(their_tests, env=environment())
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_snippet_of_the_readme_passes(their_tests):
    done = run(their_tests, "my client refuses an expired certificate", env=environment())
    assert done.returncode == 0 and "1 assertion" in done.stdout, done.stdout + done.stderr


def test_an_assertion_that_fails_says_what_the_client_sent(their_tests):
    done = run(their_tests, "[careless]", env=environment())
    assert done.returncode == 1
    assert "CHECK( visit.outcome().refused() )" in done.stdout
    assert "sent the canary" in done.stdout and "GET / HTTP/1.1" in done.stdout


def test_a_program_that_is_not_there_is_named(their_tests):
    done = run(their_tests, "curl refuses*", env=environment(GUISE="/nowhere/guise"))
    assert done.returncode != 0
    assert "'/nowhere/guise' cannot be started" in done.stdout and "GUISE" in done.stdout
