"""Does ci/includes find the source, and the header, that lacks an include?"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CI = Path(__file__).resolve().parents[2]
COMPLETE = "#include <string>\ninline std::string word() { return {}; }\n"
LISTS = """cmake_minimum_required(VERSION 3.25)
project(a LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(a harness/base/a.cpp)
target_include_directories(a PRIVATE harness)
"""
PRESET = {"name": "alone", "generator": "Ninja", "binaryDir": "${sourceDir}/build/alone",
          "cacheVariables": {"CMAKE_CXX_COMPILER": "clang++-16"}}
LACKING = "inline std::string word() { return {}; }\n"


class Project:
    """A repository with ci/includes and one source."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("ci/includes", (CI / "includes").read_text())
        self.write(".gitignore", "/build/\n")
        self.write("harness/base/a.cpp", '#include "base/a.hpp"\n')
        self.write("harness/base/a.hpp", COMPLETE)
        self.write("CMakeLists.txt", LISTS)
        self.write("CMakePresets.json", json.dumps({"version": 6, "configurePresets": [PRESET]}))
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, check=True)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "ci/includes", *arguments], cwd=self.root, stdout=subprocess.PIPE, text=True,
                              check=False)
        return done.returncode, done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Project:
    if shutil.which("clang++-16") is None:
        pytest.fail("clang++-16 is missing here; ci/setup installs it")
    return Project(tmp_path)


def test_what_does_not_differ_is_not_looked_at_and_all_of_it_is_where_asked_for(project):
    assert project() == (0, "includes: 0 files, 0 wrong\n")
    assert project("--all") == (0, "includes: 1 files, 0 wrong\n")


def test_a_source_whose_header_lacks_an_include_is_found(project):
    project.write("harness/base/a.hpp", LACKING)
    code, told = project("--all")
    assert code == 1 and "a.hpp:1:" in told and "includes: 1 files, 1 wrong" in told


def test_a_header_that_differs_is_compiled_alone(project):
    project.write("harness/base/a.hpp", LACKING)
    code, told = project()
    assert code == 1 and "a.hpp:1:" in told


def test_a_new_header_is_compiled_as_the_sources_near_it(project):
    project.write("harness/base/deep/b.hpp", '#include "base/a.hpp"\n')
    assert project() == (0, "includes: 1 files, 0 wrong\n")


def test_a_named_file_is_looked_at(project):
    assert project("harness/base/a.cpp") == (0, "includes: 1 files, 0 wrong\n")


def test_a_file_that_nothing_near_it_compiles_is_wrong(project):
    project.write("tests/attack/c.cpp", "")
    code, told = project()
    assert code == 1 and "tests/attack/c.cpp: no source near it is compiled" in told
