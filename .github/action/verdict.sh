#!/usr/bin/env bash
# Fails if something was found that is to fail the job.
#
# Takes FAIL_ON (`error`, `warning` or `never`), ERRORS and WARNINGS.
set -euo pipefail

case "$FAIL_ON" in
    error) failing=$ERRORS ;;
    warning) failing=$((ERRORS + WARNINGS)) ;;
    never) failing=0 ;;
esac
if [ "$failing" -gt 0 ]; then
    echo "The architecture does not hold (errors: $ERRORS, warnings: $WARNINGS); the step that checks it shows where."
    exit 1
fi
echo "Nothing found fails the job (errors: $ERRORS, warnings: $WARNINGS, fail-on: $FAIL_ON)."
