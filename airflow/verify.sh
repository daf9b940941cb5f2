#!/bin/sh
# Imports the DAG with the Airflow of requirements.txt, in a virtual environment of its own, and runs its tests.
set -eu
cd "$(dirname "$0")"
target=${1:-$PWD/target}
venv=$target/airflow-venv
stamp=$venv/installed-requirements.txt

find_python() {
  for candidate in "${LOADSTAR_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 15))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return 0
    fi
  done
  return 1
}

if ! python=$(find_python); then
  echo "airflow: skipped, found no Python 3.10 to 3.14 with venv; the DAG is not tested."
  exit 0
fi

if ! cmp -s requirements.txt "$stamp" || ! "$venv/bin/python" -c pass 2>/dev/null; then
  echo "airflow: installing requirements.txt into $venv"
  rm -rf "$venv"
  mkdir -p "$target"
  "$python" -m venv "$venv"
  # Every package is pinned, so pip has nothing to decide.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --retries 10 --timeout 60 \
    --requirement requirements.txt
  cp requirements.txt "$stamp"
fi

# A fresh home each time, so that no earlier run is remembered.
AIRFLOW_HOME=$target/airflow-home
export AIRFLOW_HOME
rm -rf "$AIRFLOW_HOME"
mkdir -p "$AIRFLOW_HOME"
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__CORE__DAGS_FOLDER="$PWD/dags"
export AIRFLOW__LOGGING__BASE_LOG_FOLDER="$AIRFLOW_HOME/logs"
export PYTHONDONTWRITEBYTECODE=1
unset AIRFLOW_CONFIG LOADSTAR_HOME LOADSTAR_PROJECT

"$venv/bin/ruff" check --quiet --no-cache dags tests
"$venv/bin/ruff" format --quiet --no-cache --check dags tests
if ! "$venv/bin/airflow" db migrate >"$AIRFLOW_HOME/migrate.log" 2>&1; then
  cat "$AIRFLOW_HOME/migrate.log" >&2
  exit 1
fi
exec "$venv/bin/python" -m pytest
