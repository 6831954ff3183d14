"""Times `guise judge` on results with growing numbers of cases, made from a small run.

usage: judge.py GUISE results.jsonl SCRATCH CASES... > lines `CASES SECONDS MEGABYTES`: processor time, and the largest
resident size
"""

import os
import subprocess
import sys
from pathlib import Path

import many_cases


def measured(guise: str, file: Path) -> tuple[float, float]:
    with subprocess.Popen([guise, "judge", str(file)], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # Its verdicts are those that were recorded; without known deviations it ends with 0 or 1.
    if process.returncode not in (0, 1):
        raise SystemExit(f"guise judge {file} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    guise, small, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for cases in sys.argv[4:]:
        file = scratch / "large.jsonl"
        with file.open("w", encoding="utf-8") as out:
            subprocess.run([sys.executable, many_cases.__file__, str(small), cases], stdout=out, check=True)
        seconds, megabytes = measured(guise, file)
        print(cases, f"{seconds:.2f}", f"{megabytes:.0f}", flush=True)
        file.unlink()


if __name__ == "__main__":
    main()
