# Shared by the scripts of this folder: the root of the repository, the Python to use, and timed steps.
# Needs: bash. Sourced, never run; takes no time. It changes to the root of the repository.
# shellcheck shell=bash

root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

# Debian's Python, because Debian's packages are installed for it; one from a version manager does not find them.
PYTHON=/usr/bin/python3
# Compilers and tests at a time. GUISE_JOBS sets it, for machines with less memory than cores.
JOBS=${GUISE_JOBS:-$(nproc)}
export PYTHON JOBS
export PYTHONDONTWRITEBYTECODE=1

steps=()
step_title=
step_start=0

# Ends the previous step and records its duration.
end_step() {
    [ -n "$step_title" ] || return 0
    steps+=("$(printf '%5d s  %s' $((SECONDS - step_start)) "$step_title")")
    printf -- '-- %s: %d s\n' "$step_title" $((SECONDS - step_start))
    step_title=
}

# step "title": ends the previous step, starts the next one.
step() {
    end_step
    step_title=$1
    step_start=$SECONDS
    printf '\n== %s\n' "$step_title"
}

# An interrupted script has failed: without these traps, the exit status that `summary` sees is that of the last command.
trap 'exit 130' INT
trap 'exit 143' TERM

# summary STATUS: the steps so far with their durations, and the failed one.
summary() {
    local status=$1 failed=$step_title
    end_step
    printf '\n== summary\n'
    printf '%s\n' "${steps[@]}"
    printf '%5d s  in all\n' "$SECONDS"
    if [ "$status" -eq 0 ]; then
        echo "all passed"
    else
        echo "FAILED in: ${failed:-the start} (exit code $status)"
    fi
}

# The version of guise, which CMakeLists.txt has.
project_version() { sed -n 's/^project(guise VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt; }

# die "message": prints an error and exits.
die() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 2
}
