"""The cases of a run: the scenarios, in the modes of a client, for which its profile has an expectation."""

from dataclasses import dataclass
from pathlib import Path

from guise.program import GuiseError


@dataclass(frozen=True)
class Case:
    """One scenario in one mode of one client."""

    client: "Client"
    mode: str
    scenario: str
    severity: str

    @property
    def session(self):
        """The batch in which it runs: `curl/strict`."""
        return f"{self.client.name}/{self.mode}"

    @property
    def base(self):
        """The id of the file, without the variant."""
        return self.scenario.partition("[")[0]

    @property
    def area(self):
        return self.base.partition("/")[0]


@dataclass(frozen=True)
class Client:
    """The contents of a client file. `named` is the user's name for it."""

    named: str
    name: str
    profile: str
    modes: tuple


def load_client(program, named):
    """Reads a client file, by its name or its path. The program reports errors in it when it runs."""
    is_path = named.endswith(".yaml") or "/" in named
    file = Path(named) if is_path else program.data / "fixtures" / "clients" / f"{named}.yaml"
    if not file.is_file():
        raise GuiseError(f"unknown client '{named}': use a name of `guise list clients`, or the path of a client "
                         "file")
    content = _read_yaml(file)
    try:
        profile, modes = content["profile"], tuple(content["modes"])
        profile = profile if isinstance(profile, str) else profile["extends"]
        return Client(str(file.resolve()) if is_path else named, str(content["client"]), profile, modes)
    except (KeyError, TypeError):
        raise GuiseError(f"{file}: expected a client file with client, profile and modes") from None


def _read_yaml(file):
    try:
        import yaml
    except ImportError:
        raise GuiseError("--guise-client needs PyYAML: pip install 'guise[pytest]', or Debian's python3-yaml") from None
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GuiseError(f"{file}: {error}") from None


def plan(program, clients, modes=(), profile=None):
    """The cases of these clients, in the order of the catalogue. Raises GuiseError for a mode that no client has."""
    _check_names(clients)
    _check_modes(clients, modes)
    severity = {row["id"]: row["severity"] for row in program.json("list", "scenarios")}
    out = []
    for client in clients:
        judged_by = profile or client.profile
        for each in program.json("explain", "*", "--profile", judged_by):
            out += [Case(client, owed["mode"], each["scenario"], severity[each["scenario"]])
                    for owed in each["modes"]
                    if owed["mode"] in client.modes and (not modes or owed["mode"] in modes)]
    return out


def _check_names(clients):
    names = [client.name for client in clients]  # sessions and results are named after them
    for name in names:
        if names.count(name) > 1:
            raise GuiseError(f'duplicate client name "{name}"')


def _check_modes(clients, modes):
    known = sorted({mode for client in clients for mode in client.modes})
    for mode in modes:
        if mode not in known:
            raise GuiseError(f"no selected client has a mode '{mode}' (they have: {', '.join(known)})")
