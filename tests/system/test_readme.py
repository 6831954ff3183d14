"""Every command that README.md shows is run, and says what README.md shows of it."""

import json
import os
import re
import shlex
import subprocess
from dataclasses import dataclass

import pytest

import plugin
import program

README = program.ROOT / "README.md"
OF_PYTHON = program.ROOT / "harness" / "python" / "README.md"
PRESETS = program.ROOT / "CMakePresets.json"
GOOD = "trust/ca-signed[tls=1.3]"


@dataclass(frozen=True)
class Shown:
    """A command of a `console` block, with the lines that stand below it."""

    command: str
    output: tuple


def shown_commands(file=README):
    """All commands of a page, in order; none where it is absent, which a test says."""
    text = file.read_text() if file.exists() else ""
    out = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *output = part.replace("\\\n", " ").splitlines()
            out.append(Shown(command, tuple(line for line in output if line.strip())))
    return out


ALL = shown_commands()


def is_guise(shown):
    return shlex.split(shown.command)[0] in ("guise", "build/release/guise")


def is_server(shown):
    return is_guise(shown) and shlex.split(shown.command)[1] == "serve"


def is_of_the_tree(shown):
    word = shlex.split(shown.command)[0]
    return word.startswith("ci/") or word in ("cmake", "git", "cd")


RUN = [each for each in ALL if is_guise(each) and not is_server(each)]
SERVE = [each for each in ALL if is_server(each)]
OF_THE_TREE = [each for each in ALL if is_of_the_tree(each)]
OTHERS = [each for each in ALL if not is_guise(each) and not is_of_the_tree(each)]


def by_command(commands):
    return pytest.mark.parametrize("shown", commands, ids=[each.command for each in commands])


@pytest.fixture
def reader(guise):
    """The program in a folder that looks to it like a clone: with the data and the tests, and no results yet."""
    for name in ("tests", "fixtures", "scenarios", "certs"):
        (guise.folder / name).symlink_to(program.ROOT / name)
    return guise


@pytest.fixture
def reader_with_server(reader):
    """The same while `guise serve` runs."""
    with reader.serve("--json") as serving:
        reader.serving = serving
        yield reader


def words_of(command, serving=None):
    """The words of a command as a shell would read them, with PORT and SHARED filled in."""
    if serving:
        command = re.sub(r"\bPORT\b", str(serving.scenario(GOOD)["port"]), command)
        command = re.sub(r"\bSHARED\b", str(serving.ready["shared_port"]), command)
    return [os.path.expandvars(word) for word in shlex.split(command)]


def plain(line):
    """A line without what differs from run to run: numbers, and the width of columns."""
    return re.sub(r"\s+", " ", re.sub(r"\d+(\.\d+)?", "N", line)).strip()


def assert_shows(output, shown):
    """Every line that README.md shows is a line of the output; `...` stands for lines that are left out."""
    said = [plain(line) for line in output.splitlines()]
    for line in shown.output:
        assert line == "..." or plain(line) in said, f"README.md shows {line!r}, the command says:\n{output}"


def test_readme_is_there_and_has_commands():
    assert README.exists(), "README.md is absent: it is what this test runs"
    assert RUN and SERVE and OF_THE_TREE, "README.md has no `console` blocks with `$ ` commands"
    assert any(is_guise(each) and " run " in each.command for each in ALL)


def expected_code(shown):
    """The exit code that the shown output names, `(exit 1)`; else success."""
    named = re.search(r"\(exit (\d+)\)", "\n".join(shown.output))
    return int(named.group(1)) if named else 0


@by_command(RUN)
def test_each_guise_command_works_as_shown(reader_with_server, shown):
    _, *arguments = words_of(shown.command, reader_with_server.serving)
    done = subprocess.run([reader_with_server.program, *arguments], cwd=reader_with_server.folder,
                          env=reader_with_server.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=program.PATIENCE)
    assert done.returncode == expected_code(shown), done.stdout + done.stderr
    assert_shows(done.stdout, shown)


@by_command(SERVE)
def test_each_server_command_gets_ready_as_shown(reader, shown):
    _, _, *arguments = words_of(shown.command)
    with reader.serve(*arguments) as serving:
        lines = [serving.first]
        while "--json" not in arguments and not lines[-1].startswith("Ctrl-C"):
            lines.append(serving.line())
        assert_shows("\n".join(lines), shown)
        assert serving.stop() == 0


@by_command(OTHERS)
def test_each_command_of_another_program_works_beside_the_server(reader_with_server, shown):
    words = words_of(shown.command, reader_with_server.serving)
    program.tool(words[0])
    done = subprocess.run(words, cwd=reader_with_server.folder, env=reader_with_server.env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=program.PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert_shows(done.stdout, shown)


def presets(kind):
    return {preset["name"] for preset in json.loads(PRESETS.read_text())[kind]}


@by_command(OF_THE_TREE)
def test_each_command_of_the_source_tree_exists(shown):
    words = shlex.split(shown.command)
    if words[0].startswith("ci/"):
        assert os.access(program.ROOT / words[0], os.X_OK), f"{words[0]} is no program"
    elif words[0] == "cmake":
        kind = "buildPresets" if "--build" in words else "configurePresets"
        for option, value in zip(words, words[1:]):
            if option == "--preset":
                assert value in presets(kind)
            if option in ("--build", "--install") and not value.startswith("-"):
                assert value.removeprefix("build/") in presets("configurePresets")


def test_the_yaml_of_a_client_in_readme_is_a_client_file(guise):
    blocks = re.findall(r"^```yaml\n(client:.*?)^```", README.read_text(), re.M | re.S)
    assert blocks
    for block in blocks:
        (guise.folder / "client.yaml").write_text(block)
        ended = guise("run", "--client", "client.yaml", "--only", "trust/ca-signed")
        assert ended.code == 11, ended.err  # it is read, but its program does not exist
        assert ended.results[0]["clients"][0]["missing"]


def test_the_exit_codes_in_readme_are_those_of_the_help(guise):
    told = guise("--help").out.partition("Exit codes:")[2]
    codes = set(re.findall(r"\b\d+\b", told))
    sentence = re.search(r"Exit codes: (.*?)\.\n", README.read_text(), re.S).group(1)
    assert set(re.findall(r"\b\d+\b", sentence)) == codes


@pytest.fixture
def plugin_user(guise_path, tmp_path):
    """pytest with the plugin, in a folder with the files that the pages speak of."""
    user = plugin.Pytest(guise_path, tmp_path)
    (tmp_path / "scenarios").symlink_to(program.ROOT / "scenarios")
    (tmp_path / "my-client.yaml").write_text((program.CLIENTS / "curl.yaml").read_text())
    (tmp_path / "known.yaml").write_text("known: curl\nentries: []\n")
    return user


@pytest.mark.parametrize("page", [README, OF_PYTHON], ids=lambda page: os.path.relpath(page, program.ROOT))
def test_the_tests_in_python_pass(plugin_user, page):
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(), re.M | re.S)
    assert blocks
    for number, block in enumerate(blocks):
        plugin_user.write(block, f"test_{number}.py")
    ended = plugin_user("-W", "error")
    assert ended.code == 0, ended.out


def test_the_test_in_readme_fails_as_told_without_verification(plugin_user):
    block, told = re.search(r"^```python\n(.*?)^```\n\nWith `(?:.*?)`(.*?)\n\n", README.read_text(), re.M | re.S).groups()
    plugin_user.write(block.replace("verify=visit.ca_file", "verify=False"))
    ended = plugin_user()
    said = re.search(r"`(assert <.*?localhost|assert <.*?)[.:]", told).group(1)
    assert ended.code == 1 and said in ended.out, ended.out


@by_command(shown_commands(OF_PYTHON))
def test_each_pytest_command_selects_cases(plugin_user, shown):
    words = shlex.split(shown.command, comments=True)
    assert words.pop(0) == "pytest"
    ended = plugin_user(*words, "--collect-only", "-q")
    assert ended.code == 0, ended.out
    assert re.search(r"^\d+(/\d+)? tests collected", ended.out, re.M), ended.out
