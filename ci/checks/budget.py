"""Files and functions stay small enough to be read in one go.

C++ and Python sources: median <= 120 lines, p90 <= 400, none over 600; tests: none over 800.
Functions: p90 <= 25 lines, none over 60. A table or a flat switch may exceed that, with a comment above it or in it:
    // budget: table, one line a defect
    // budget: switch, one line an alert
Scenario files: 10 to 40 lines.
"""

import ast
import math
import re
from pathlib import Path

import common
import cpp

SOURCE_MEDIAN, SOURCE_P90, SOURCE_MAX, TEST_MAX = 120, 400, 600, 800
FUNCTION_P90, FUNCTION_MAX = 25, 60
SCENARIO_MIN, SCENARIO_MAX = 10, 40
EXEMPT = re.compile(r"(?://|#)\s*budget:\s*(?:table|switch),\s*\w+")
COMMENT = re.compile(r"\s*(?://|#)")


def percentile(values: list[int], share: float) -> int:
    """The nearest-rank percentile; 0 without values."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else 0


def is_test(path: str) -> bool:
    return "tests" in Path(path).parts[:-1]


def python_functions(text: str) -> list[cpp.Function]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return [cpp.Function(node.name, node.lineno, node.end_lineno or node.lineno) for node in nodes]


def is_exempt(lines: list[str], function: cpp.Function) -> bool:
    """Whether a comment above or in a function gives the reason for its length."""
    first = function.first - 1
    while first > 0 and COMMENT.match(lines[first - 1]):
        first -= 1
    return any(EXEMPT.search(line) for line in lines[first : function.last])


class Budget:
    """Collects lengths over all files, then compares them with the budget."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.report = common.Report()
        self.sources: dict[str, int] = {}
        self.tests: dict[str, int] = {}
        self.scenarios: dict[str, int] = {}
        self.functions: dict[tuple[str, int], int] = {}

    def look_at(self, path: str) -> None:
        suffix = Path(path).suffix
        if suffix in common.CPP or suffix == ".py":
            self.look_at_source(path)
        elif suffix == ".yaml" and path.startswith("scenarios/"):
            self.look_at_scenario(path)

    def look_at_scenario(self, path: str) -> None:
        self.report.looked_at += 1
        count = self.scenarios[path] = len(common.read(self.root, path).splitlines())
        if not SCENARIO_MIN <= count <= SCENARIO_MAX:
            self.report.add(path, count, f"{count} lines; a scenario has {SCENARIO_MIN} to {SCENARIO_MAX}")

    def look_at_source(self, path: str) -> None:
        self.report.looked_at += 1
        text = common.read(self.root, path)
        lines = text.splitlines()
        (self.tests if is_test(path) else self.sources)[path] = len(lines)
        limit = TEST_MAX if is_test(path) else SOURCE_MAX
        if len(lines) > limit:
            self.report.add(path, limit, f"{len(lines)} lines; the limit is {limit}")
        try:
            found = python_functions(text) if path.endswith(".py") else cpp.functions(text)
        except SyntaxError as error:
            self.report.add(path, error.lineno or 0, f"no Python: {error.msg}")
            return
        for function in found:
            self.look_at_function(path, lines, function)

    def look_at_function(self, path: str, lines: list[str], function: cpp.Function) -> None:
        if is_exempt(lines, function):
            return
        self.functions[path, function.first] = function.lines
        if function.lines > FUNCTION_MAX:
            message = f"{function.name}() has {function.lines} lines; the limit is {FUNCTION_MAX}"
            self.report.add(path, function.first, message)

    def compare(self, what: str, values: dict, limits: dict[str, int]) -> None:
        """Notes median and p90 of `values`; a finding at the largest one where a limit is exceeded."""
        counts = list(values.values())
        measured = {"median": percentile(counts, 0.5), "p90": percentile(counts, 0.9)}
        shown = ", ".join(f"{name} {value}" for name, value in measured.items())
        self.report.notes.append(f"{what}: {len(counts)}, {shown}, longest {max(counts, default=0)}")
        for name, limit in limits.items():
            if measured[name] > limit:
                largest = max(values, key=values.__getitem__)
                path, line = largest if isinstance(largest, tuple) else (largest, 0)
                self.report.add(path, line, f"{name} of all {what} is {measured[name]} lines; the limit is {limit}")


def check(root: Path) -> common.Report:
    budget = Budget(root)
    for path in common.project_files(root):
        budget.look_at(path)
    budget.compare("source files", budget.sources, {"median": SOURCE_MEDIAN, "p90": SOURCE_P90})
    budget.compare("test files", budget.tests, {})
    budget.compare("functions", budget.functions, {"p90": FUNCTION_P90})
    budget.compare("scenario files", budget.scenarios, {})
    return budget.report


if __name__ == "__main__":
    common.main(check, __doc__)
