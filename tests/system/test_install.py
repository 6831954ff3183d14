"""The installed program and its data need neither the sources nor the build folder."""

import os
import subprocess

import pytest

import program


@pytest.fixture
def installed(prefix, tmp_path):
    """The installed program, started from a folder that is neither its own nor of the sources."""
    return program.Guise(prefix / "bin" / "guise", tmp_path)


def test_the_installed_program_lists_what_the_built_one_lists(installed, guise):
    for kind in ("scenarios", "clauses", "defects", "profiles", "clients"):
        here, there = guise("list", kind), installed("list", kind)
        assert (there.code, there.out) == (0, here.out)


def test_the_installed_program_drives_a_client(installed):
    program.tool("curl")
    ended = installed("run", "--client", "curl", "--only", "trust", "--only", "validity")
    assert ended.code == 0, ended.out + ended.err
    assert {case["verdict"] for case in ended.cases if "clock" not in case["sentence"]} == {"pass"}
    assert ended.reports.parent == installed.folder


def test_the_installed_program_drives_a_client_that_has_a_script_beside_its_file(installed):
    assert installed("run", "--client", "python-ssl", "--only", "trust/root-signed").code == 0


def test_the_installation_holds_the_program_and_its_data_and_nothing_of_the_tests(prefix):
    files = {str(file.relative_to(prefix)) for file in prefix.rglob("*") if file.is_file()}
    assert "bin/guise" in files
    owned = ("bin/", "libexec/guise/", "share/guise/", "include/guise/", "share/cmake/guise/", "share/man/man1/guise",
             "share/bash-completion/completions/guise", "share/zsh/site-functions/_guise",
             "share/fish/vendor_completions.d/guise.fish")
    assert all(file.startswith(owned) for file in files)
    data = {os.path.relpath(file, "share/guise") for file in files if file.startswith("share/guise/")}
    assert {data_file.split("/")[0] for data_file in data} == {"scenarios", "certs", "fixtures", "harness"}
    for folder in ("scenarios", "certs"):
        there = {str(file.relative_to(program.ROOT)) for file in (program.ROOT / folder).rglob("*.yaml")}
        assert there <= data
    assert "fixtures/clients/known/wget.yaml" in data
    assert not any("__pycache__" in file or file.endswith(".pem") for file in files)


def test_the_installation_has_a_manual_and_completes_words(installed):
    share = installed.program.parent.parent / "share"
    pages = {page.name.removesuffix(".gz") for page in (share / "man" / "man1").iterdir()}
    assert {"guise.1", "guise-run.1", "guise-serve.1", "guise-list-scenarios.1"} <= pages
    for file in ("zsh/site-functions/_guise", "fish/vendor_completions.d/guise.fish"):
        assert "check-adapter" in (share / file).read_text()
    script = ('source "$1"; PATH="$2:$PATH"; COMP_WORDS=($3 "$4"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _guise; '
              'printf "%s\\n" "${COMPREPLY[@]}"')

    def completed(before, word):
        return subprocess.run(["bash", "-c", script, "bash", share / "bash-completion/completions/guise",
                               installed.program.parent, before, word], capture_output=True, text=True, check=True).stdout.split()

    assert completed("guise", "ru") == ["run"]
    assert {"--only", "--out"} <= set(completed("guise run", "--o"))
    assert completed("guise run --client", "wge") == ["wget"]
    assert "validity/expired" in completed("guise run --only", "validity/exp")
    assert completed("guise list", "scen") == ["scenarios"]
