#!/usr/bin/env bash
# Prints what CHANGELOG.md says of the version $1; fails if that is nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."

awk -v heading="## [$1]" '
    index($0, heading) == 1 { inside = 1; next }
    inside && /^## / { exit }
    inside { print; if ($0 != "") found = 1 }
    END { exit !found }
' CHANGELOG.md
