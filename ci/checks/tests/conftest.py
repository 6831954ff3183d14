"""Small trees for the checks to look at: each test writes the files that it is about."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKS))


class Tree:
    """A repository in a folder of the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        subprocess.run(["git", "init", "-q", str(root)], check=True)

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def findings(self, check) -> list[str]:
        """What a check says of the tree, one line a finding."""
        return [str(finding) for finding in check(self.root).findings]

    def command(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a check as ci/check does."""
        line = [sys.executable, str(CHECKS / f"{name}.py"), "--root", str(self.root), *arguments]
        return subprocess.run(line, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)
