#!/usr/bin/env bash
# Builds .venv from a lock file, every file checked against its hash: with uv when there is one, else with pip.
#   scripts/install.sh         what the program needs
#   scripts/install.sh --dev   and what tests, checks and benchmarks need
# PYTHON names the Python to use; TRINNVIS_INSTALLER=pip leaves uv alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamp=.venv/.installed
kind=run
lock=requirements.lock
if [[ ${1:-} == --dev ]]; then kind=dev lock=requirements-dev.lock; fi

say() { printf '%s\n' "$*"; }
fail() {
    say "$@" >&2
    exit 1
}

# What the environment was built from. An environment with the tests' needs also serves the program.
wanted() { echo "$1 $(cat "$2" pyproject.toml scripts/install.sh | cksum) $PWD"; }
if [[ -x .venv/bin/python && -f $stamp ]] && .venv/bin/python -c '' 2>/dev/null; then
    have=$(<"$stamp")
    if [[ $have == "$(wanted dev requirements-dev.lock)" || $have == "$(wanted "$kind" "$lock")" ]]; then
        exit 0
    fi
    # An environment once made for development stays so.
    if [[ $have == dev* ]]; then kind=dev lock=requirements-dev.lock; fi
fi

uv=""
if [[ ${TRINNVIS_INSTALLER:-} != pip ]] && uv --version >/dev/null 2>&1; then uv=uv; fi

suits() { # PYTHON: new enough, and able to make an environment
    local needs="venv, ensurepip"
    [[ -n $uv ]] && needs="sys"
    "$1" -c "import sys, $needs; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1
}
python=""
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}; do
    if suits "$candidate"; then
        python=$(command -v "$candidate")
        break
    fi
done
if [[ -z $python && -n $uv && -z ${PYTHON:-} ]]; then python=3.13; fi # uv can bring its own
if [[ -z $python ]]; then
    fail "Trinnvis needs Python 3.11 or newer, with the venv module, and found none${PYTHON:+ in PYTHON=$PYTHON}." \
        $'\n'"  Debian or Ubuntu:  apt-get install python3 python3-venv" \
        $'\n'"  Elsewhere:         https://www.python.org/downloads/" \
        $'\n'"  Already there:     make PYTHON=/path/to/python3.13 …"
fi

version=$([[ -x $python ]] && "$python" -c 'import platform; print(platform.python_version())' || echo "$python")
say "Installing Trinnvis ($kind) into .venv: Python $version, ${uv:-pip}, $(grep -c '^[a-z].*==' "$lock") packages from $lock"
rm -f "$stamp"
quiet=--quiet
[[ -t 2 ]] && quiet="" # someone is watching: let them see it move
if [[ -n $uv ]]; then
    uv venv --quiet --clear --python "$python" .venv
    VIRTUAL_ENV=$PWD/.venv uv pip sync $quiet --require-hashes "$lock"
    VIRTUAL_ENV=$PWD/.venv uv pip install --quiet --no-deps --no-build-isolation --editable .
else
    "$python" -m venv --clear .venv
    .venv/bin/python -m pip install $quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
wanted "$kind" "$lock" >"$stamp"
say "Ready: .venv/bin/trinnvis --help"
