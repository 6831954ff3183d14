"""The recipes of ci/examples: each is parsed, and its commands run with the installed program."""

import os
import re
import subprocess

import pytest
import yaml

import program

EXAMPLES = program.ROOT / "ci" / "examples"


def github():
    steps = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text())["jobs"]["tls"]["steps"]
    upload = next(step for step in steps if step.get("uses", "").startswith("actions/upload-artifact"))
    return [step["run"] for step in steps if "run" in step], upload["with"]["path"].split()


def gitlab():
    job = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())["guise"]
    return job["before_script"] + job["script"], job["artifacts"]["paths"] + [job["artifacts"]["reports"]["junit"]]


def jenkins():
    text = (EXAMPLES / "Jenkinsfile").read_text()
    assert text.count("{") == text.count("}")
    kept = re.search(r"archiveArtifacts artifacts: '([^']*)'", text).group(1).split(", ")
    return re.findall(r"sh '([^']*)'", text), [*kept, re.search(r"junit '([^']*)'", text).group(1)]


def pre_commit():
    [hook] = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert hook["language"] == "system" and not hook["pass_filenames"]
    return [hook["entry"]], []


@pytest.fixture
def shell(prefix, tmp_path):
    """Runs a line of a shell, in an empty folder, with the installed program in PATH."""
    program.tool("curl")
    environment = {**os.environ, "PATH": f"{prefix / 'bin'}:/usr/bin:/bin"}
    return lambda line: subprocess.run(line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True,
                                       timeout=program.PATIENCE, check=False)


@pytest.mark.parametrize("recipe", [github, gitlab, jenkins, pre_commit])
def test_the_commands_of_a_recipe_run_and_leave_the_files_that_it_keeps(recipe, shell, tmp_path):
    lines, kept = recipe()
    of_guise = [line for line in lines if line.startswith("guise ")]
    assert of_guise
    for line in of_guise:
        done = shell(line)
        assert done.returncode == 0, done.stdout + done.stderr
    assert all((tmp_path / file).stat().st_size > 0 for file in kept)


@pytest.mark.parametrize("recipe", [github, gitlab])
def test_a_recipe_installs_the_package_of_this_version(recipe, prefix):
    said = subprocess.run([prefix / "bin" / "guise", "--version"], capture_output=True, text=True, check=True).stdout
    named = re.findall(r"guise[-_](\d+\.\d+\.\d+)[-_]", "\n".join(recipe()[0]))
    assert named == [said.split()[-1]]


def test_the_project_of_the_ctest_recipe_is_tested(shell, tmp_path):
    done = shell(f"cmake -S {EXAMPLES / 'ctest'} -B build && ctest --test-dir build --output-on-failure --no-tests=error")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "build" / "guise" / "report.html").exists()
