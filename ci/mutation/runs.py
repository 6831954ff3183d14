"""Runs of guise: many defects in one run, each as a separate client."""

import collections
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import tempfile

from mutation import defects as table
from mutation import reach

PRODUCTS = {"desktop": ("disabled", "basic", "recommended", "strict"),
            "mobile": ("default", "recommended", "strict", "disabled")}

# Visits: most of the time they wait for slow servers and for a client's time limit.
AT_ONCE = 4 * (os.cpu_count() or 1)


def client_name(product, defect):
    return f"reference-{product}-{defect}"


def client_file(folder, product, defect, scenarios):
    """A client file of the product with its own name and one defect, for these scenarios."""
    name = f"reference-{product}"
    text = (table.ROOT / "fixtures/clients" / f"{name}.yaml").read_text()
    text = text.replace(f"client: {name}\n", f"client: {client_name(product, defect)}\n")
    text = text.replace(f"--product, {product}]", f"--product, {product}, --defect, {defect}]")
    path = folder / f"{client_name(product, defect)}.yaml"
    path.write_text(text + f"scenarios: {json.dumps(scenarios)}\n")
    return str(path)


def base(case):
    return re.sub(r"\[.*", "", case["scenario"])


class Runner:
    """Runs, and counts what was run and what was left out."""

    def __init__(self, build, only):
        self.build, self.only = build, only
        self.cases = self.left_out = 0

    def selected(self, names):
        patterns = [pattern if "/" in pattern or "*" in pattern else f"{pattern}/*" for pattern in self.only]
        return [name for name in names if not patterns or any(fnmatch.fnmatch(name, each) for each in patterns)]

    def run(self, clients, *options):
        """The case records of one run. `clients`: a function of a folder that writes their files, or names."""
        with tempfile.TemporaryDirectory(prefix="guise-kill-") as name:
            folder = pathlib.Path(name)
            command = [str(self.build / "guise"), "run", "--data", str(table.ROOT), "--out", str(folder / "out"),
                       "--report", f"markdown={folder / 'summary.md'}", "--quiet", "--seed", "kill", "--keep-going",
                       "-j", str(AT_ONCE), *options]
            for each in clients(folder):
                command += ["--client", each]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode not in (0, 1, 10, 11):
                raise SystemExit(f"guise run ended with exit {done.returncode}\n{done.stderr[-2000:]}{done.stdout[-2000:]}")
            with open(folder / "out/results.jsonl", encoding="utf-8") as lines:
                cases = [json.loads(line) for line in lines if line.startswith('{"type":"case"')]
        self.cases += len(cases)
        return cases

    def right_client(self, places):
        """The cases of the clients without a defect, in these (product, mode)."""
        cases = []
        for product in sorted({product for product, _ in places}):
            modes = [option for mode in sorted({m for p, m in places if p == product}) for option in ("--mode", mode)]
            only = [option for pattern in self.only for option in ("--only", pattern)]
            cases += self.run(lambda _, product=product: [f"reference-{product}"], *modes, *only)
        return cases

    def defects(self, jobs):
        """jobs: (defect, product, mode, scenarios). One run per mode; returns the cases of each defect, by its name."""
        found = collections.defaultdict(list)
        of_client = {client_name(product, defect.name): defect.name for defect, product, _, _ in jobs}
        for mode in sorted({mode for _, _, mode, _ in jobs}):
            mine = [job for job in jobs if job[2] == mode]
            cases = self.run(lambda folder, mine=mine: [client_file(folder, product, defect.name, names)
                                                        for defect, product, _, names in mine], "--mode", mode)
            for case in cases:
                found[of_client[case["client"]]].append(case)
        return found

    def jobs_of(self, defect, places=None):
        """The selected places where a defect can show; counts those that are left out. `places`, (product, mode): only
        scenarios in which a client of the product is in the mode at some time."""
        jobs = []
        for product in defect.products:
            for mode in PRODUCTS[product]:
                able = [name for name, scenario in reach.scenarios().items()
                        if runs_in(scenario, mode) and is_among(places, product, mode, scenario)]
                names = [name for name in self.selected(able) if reach.reaches(defect, mode, reach.scenarios()[name])]
                self.left_out += len(self.selected(able)) - len(names)
                if names:
                    jobs.append((defect, product, mode, names))
        return jobs


def runs_in(scenario, mode):
    """Whether a scenario is run by clients that start in this mode: as the scenario says, else in all but `default`."""
    return mode in scenario.get("modes", [each for each in reach.SESSION_MODES if each != "default"])


def is_among(places, product, mode, scenario):
    if places is None:
        return True
    modes = {reach.SESSION_MODES[each] for one, each in places if one == product}
    return bool(modes) and reach.may_be_in(modes, mode, scenario)
