"""Libraries with a pool, each in a version that hands out connections whatever they were verified by, and in a fixed one.

They are fetched from the registries of their languages: `ci/long pools` runs this.
"""

import os
import shutil
import subprocess
import sys

import pytest
import yaml

import program

pytestmark = pytest.mark.downloads

ADAPTERS = program.ROOT / "fixtures" / "adapters"
SWITCHED_ON = {"connections/checks-switched-on", "connections/expired-let-through", "connections/wrong-name-let-through"}
AFFECTED = [("requests", "2.31.0"), ("niquests", "3.5.2"), ("ureq", "3.3.0")]
FIXED = [("requests", "2.32.5"), ("niquests", "3.21.2"), ("ureq", "3.5.2")]


def from_pypi(name, version, folder):
    """The client file's text for this version of a Python package."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", str(folder / "package")]
    subprocess.run([*command, f"{name}=={version}"], check=True, timeout=program.PATIENCE)
    led = ["env", f"PYTHONPATH={folder / 'package'}", sys.executable]
    client = yaml.safe_load((ADAPTERS / "python" / f"{name}.yaml").read_text())
    script = [each.replace("{here}", str(ADAPTERS / "python")) for each in client["run"][1:]]
    client["detect"]["run"], client["run"] = [*led, *client["detect"]["run"][1:]], [*led, *script]
    return client


def from_crates(name, version, folder):
    """The same for a crate."""
    shutil.copytree(ADAPTERS / "rust" / name, folder / "crate", ignore=shutil.ignore_patterns("target", "Cargo.lock"))
    manifest = folder / "crate" / "Cargo.toml"
    manifest.write_text(manifest.read_text().replace('version = "3"', f'version = "={version}"'))
    subprocess.run(["cargo", "build", "--quiet"], cwd=folder / "crate", check=True, timeout=program.PATIENCE,
                   env={**os.environ, "CARGO_TARGET_DIR": str(folder.parent / "target")})
    built = shutil.copy(folder.parent / "target" / "debug" / f"guise-{name}-client", folder)
    client = yaml.safe_load((ADAPTERS / "rust" / f"{name}.yaml").read_text())
    client["detect"]["run"][0], client["run"] = built, [built]
    return client


@pytest.fixture(scope="module")
def fetched(guise_path, tmp_path_factory):
    """`fetched(name, version)`: a run of that library through the scenarios about connections."""
    root = tmp_path_factory.mktemp("libraries")

    def run(name, version):
        folder = root / f"{name}-{version}"
        folder.mkdir()
        client = (from_crates if name == "ureq" else from_pypi)(name, version, folder)
        (folder / f"{client['client']}.yaml").write_text(yaml.safe_dump(client, sort_keys=False))
        ended = program.Guise(guise_path, folder)("run", "--client", folder / f"{client['client']}.yaml", "--only", "connections/*")
        assert {case["client_version"] for case in ended.cases} == {version}, ended.err
        return ended.verdicts_by_scenario("disabled")

    return run


@pytest.mark.parametrize(("name", "version"), AFFECTED)
def test_an_affected_version_fails(fetched, name, version):
    verdicts = fetched(name, version)
    assert {each for each, verdict in verdicts.items() if verdict == "fail"} == SWITCHED_ON
    assert verdicts["connections/kept"] == "pass"


@pytest.mark.parametrize(("name", "version"), FIXED)
def test_a_fixed_version_passes(fetched, name, version):
    verdicts = fetched(name, version)
    assert {verdicts[each] for each in (*SWITCHED_ON, "connections/kept")} == {"pass"}
