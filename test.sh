#!/usr/bin/env bash
# Installs what the tests need (where it may), builds with warnings as errors, checks formatting, runs every test,
# and closes with one line: "N passed, N failed", and "N skipped" when something could not be installed.
set -uo pipefail
cd "$(dirname "$0")"

results=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2>/dev/null; rm -rf "$results"' EXIT
failed_steps=0

step() { # step NAME COMMAND...: runs it, tells how long it took, remembers a failure
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  if "$@"; then
    echo "== $name: $((SECONDS - start)) s"
  else
    echo "== $name: FAILED after $((SECONDS - start)) s"
    failed_steps=$((failed_steps + 1))
    return 1
  fi
}

install_packages() {
  local wanted=() pair
  # command:package; some lie where only root's PATH leads
  for pair in firefox-esr:firefox-esr chromium:chromium curl:curl go:golang-go pgbouncer:pgbouncer ip:iproute2; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null || wanted+=("${pair##*:}")
  done
  # The server's programs lie in a folder of their version, out of PATH.
  command -v postgres >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || wanted+=(postgresql)
  # The distribution's own Python: another one in PATH does not see the distribution's packages.
  /usr/bin/python3 -c "import requests" 2>/dev/null || wanted+=(python3 python3-requests)
  [ ${#wanted[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "!! not installed, and no apt-get to install them: ${wanted[*]}; their tests will be skipped"
    return 0
  fi
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo -n)
  export DEBIAN_FRONTEND=noninteractive
  # Each run of the tests starts a PostgreSQL of its own and ends it. The package would besides set up one that listens on port 5432
  # for good, which nobody asked for; it reads this file while it is being installed, and later again: so it goes as it came.
  local no_cluster=/etc/postgresql-common/createcluster.d/pushbell-tests.conf
  if [[ " ${wanted[*]} " == *" postgresql "* ]]; then
    "${root[@]}" mkdir -p "${no_cluster%/*}"
    echo "create_main_cluster = off" | "${root[@]}" tee "$no_cluster" >/dev/null
  fi
  if ! { "${root[@]}" apt-get update -q && "${root[@]}" apt-get install -qy --no-install-recommends "${wanted[@]}" fonts-dejavu-core; } >"$results/apt.log" 2>&1; then
    tail -5 "$results/apt.log"
    echo "!! could not install: ${wanted[*]}; their tests will be skipped"
  fi
  [ ! -e "$no_cluster" ] || "${root[@]}" rm -f "$no_cluster"
}

require() {
  command -v "$1" >/dev/null || { echo "!! $1 is needed: $2" >&2; exit 1; }
}

declare -A started=()

begin() { # begin NAME COMMAND...: beside what follows
  local name=$1
  shift
  "$@" >"$results/$name.log" 2>&1 &
  started[$name]=$!
}

finish() { # finish NAME: waits for it, and tells what it said
  local code=0
  wait "${started[$1]}" || code=$?
  cat "$results/$1.log"
  return $code
}

run_suite() { # run_suite FOLDER: its program itself; what it says is kept, its results are counted at the end
  local project=(tests/"$1"/*.csproj) code=0 name
  name=$(basename "${project[0]}" .csproj)
  "tests/$1/bin/Debug/net10.0/$name" -noLogo -noColor -trx "$results/$name.trx" >"$results/$name.log" 2>&1 || code=$?
  echo "   $1: $SECONDS s$([ $code -eq 0 ] || echo ", FAILED with $code")"
  [ -s "$results/$name.trx" ] || tail -n 30 "$results/$name.log"
  return $code
}

run_tests() { # the longest first, so that none is left alone at the end; three at a time, for some of them wait more than they compute
  local first=(Browser Pushbell.Server.Tests.PostgreSql KillHarness.Tests Pushbell.Dispatch.Tests.PostgreSql Hosts Pushbell.Server.Tests) project
  # These programs live for minutes: compiling less of their code a second time takes a quarter off their processor time.
  export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=300 results
  export -f run_suite
  {
    printf '%s\n' "${first[@]}"
    for project in tests/*/*.Tests*.csproj; do
      project=$(basename "$(dirname "$project")")
      [[ " ${first[*]} " == *" $project "* ]] || echo "$project"
    done
  } | xargs -P 3 -I '{}' bash -c 'run_suite "$1"' - '{}'
}

require dotnet "install the .NET 10 SDK"
require npm "install Node.js 20.19 or newer"

step "packages" install_packages
begin "npm" npm ci --prefix web --no-audit --no-fund --loglevel=error
step "restore" dotnet restore --locked-mode -v quiet
# What needs no pages, while their packages come.
step "build: without the server" dotnet build tests/Simulation.Tests --no-restore -v quiet -nologo
step "npm" finish "npm"
begin "web types" npm run check --prefix web --silent
if step "build" dotnet build --no-restore -v quiet -nologo; then
  # What an editor would change beyond white space is an error of the build already.
  begin "white space" dotnet format whitespace --verify-no-changes --no-restore
  # After the build, which made the pages that some of them read.
  begin "web tests" npm test --prefix web --silent -- --reporter=default --reporter=json --outputFile="$results/web.json"
  step "tests" run_tests
  step "web: tests" finish "web tests"
  step "formatting" finish "white space"
fi
step "web: types and formatting" finish "web types"

node tests/count-results.mjs "$results" "$failed_steps"
