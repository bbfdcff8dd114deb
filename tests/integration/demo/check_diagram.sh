#!/usr/bin/env bash
# Compares a diagram (standard input) with the one of that name in docs/life_of_a_trace.md: the page shows recorded runs.
# Usage: check_diagram.sh NAME
set -euo pipefail

page=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)/docs/life_of_a_trace.md
shown=$(awk -v mark="<!-- recorded: $1 -->" '
  $0 == mark { found = 1; next }
  found && /^```mermaid$/ { inside = 1; next }
  inside && /^```$/ { exit }
  inside { print }' "$page")
if ! diff <(printf '%s\n' "$shown") - ; then
  printf 'check_diagram: docs/life_of_a_trace.md shows another run of %s\n' "$1" >&2
  exit 1
fi
