"""The fixtures of the tests that drive the built program from outside."""

import json
import os
import subprocess

import pytest

import program


@pytest.fixture(scope="session")
def guise_path():
    """The program under test."""
    return program.find_program()


@pytest.fixture
def guise(guise_path, tmp_path):
    """Runs the program below tmp_path: `guise("run", "--client", "curl")`."""
    return program.Guise(guise_path, tmp_path)


@pytest.fixture(scope="session")
def prefix(guise_path, tmp_path_factory):
    """The folder below which `cmake --install` has put the program; tests only read it."""
    build, folder = guise_path.parent, tmp_path_factory.mktemp("prefix")
    assert (build / "cmake_install.cmake").exists(), f"{build} is no build folder to install from"
    done = subprocess.run([program.tool("cmake"), "--install", build, "--prefix", folder], capture_output=True, text=True,
                          timeout=program.PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def curl_run(guise_path, tmp_path_factory):
    """One run of curl, in all modes, through all scenarios; tests only read it."""
    program.tool("curl")
    return program.shared_run(guise_path, tmp_path_factory, "curl", "--client", "curl")


@pytest.fixture(scope="session")
def liar_run(guise_path, tmp_path_factory):
    """`liar_run(name)`: the run of a liar through one good and one bad chain, controls or not; tests only read it."""
    def run(name):
        options = [word for pattern in program.ONE_GOOD_ONE_BAD for word in ("--only", pattern)]
        return program.shared_run(guise_path, tmp_path_factory, name, "--client", program.LIARS / f"{name}.yaml",
                                  "--mode", "strict", "-j", "8", "--keep-going", *options)

    return run


@pytest.fixture(scope="session")
def served(guise_path, tmp_path_factory):
    """`guise serve --json` with every scenario."""
    with program.Serving(program.Guise(guise_path, tmp_path_factory.mktemp("served")), "--json") as serving:
        yield serving


def pytest_collection_modifyitems(items):
    """Begins the slow tests first, each worker some of them.

    A worker of pytest-xdist is first given a quarter of its share: that many neighbours.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    first = max(len(items) // workers // 4, 2)
    items[:] = [item for item in items if not item.get_closest_marker("slow")]
    places = [(i % workers * first + i // workers, item) for i, item in enumerate(slow)]
    for place, item in sorted(places, key=lambda each: each[0]):
        items.insert(place, item)


def pytest_generate_tests(metafunc):
    """One test a case of the catalogue for every test with the argument `scenario_id`."""
    if "scenario_id" not in metafunc.fixturenames:
        return
    try:
        path = program.find_program()
    except FileNotFoundError as error:
        raise pytest.UsageError(str(error)) from None
    listed = subprocess.run([path, "list", "scenarios", "--json"], capture_output=True, text=True, check=True)
    ids = [row["id"] for row in json.loads(listed.stdout)]
    metafunc.parametrize("scenario_id", [each for each in ids if program.served_here(each)])
