#!/usr/bin/env bash
# Checks the workspace around the current folder, once, and writes every report of that run: the
# log, annotations, the summary of the step, SARIF and Markdown.
#
# Takes ROOT (where cargo layers is installed), the inputs ARGS, CONFIG, PACKAGES, RULES, BASELINE,
# DIFF_BASE and FAIL_ON, and of the event PULL_REQUEST and HEAD_REPOSITORY. Gives the outputs findings, errors,
# warnings, json-file, sarif-file, report and may-write. Violations do not fail it: the last step
# does, once all reports are out.
set -euo pipefail

output() {
    printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

case "$FAIL_ON" in
    error | warning | never) ;;
    *)
        echo "::error title=cargo layers::the input fail-on must be error, warning or never"
        exit 2
        ;;
esac

folder=$(mktemp -d "$RUNNER_TEMP/cargo-layers-reports.XXXXXX")
arguments=(
    --color always
    --format human
    --output "github=$folder/annotations"
    --output "json=$folder/layers.json"
    --output "markdown=$folder/layers.md"
    --output "sarif=$folder/layers.sarif"
    --output "short=$folder/layers.txt"
)
if [ -n "$CONFIG" ]; then arguments+=(--config "$CONFIG"); fi
if [ -n "$BASELINE" ]; then arguments+=(--baseline "$BASELINE"); fi
if [ -n "$DIFF_BASE" ]; then arguments+=("--changed-since=$DIFF_BASE"); fi
# Words are split at spaces and line breaks, and are no patterns.
set -f
for package in $PACKAGES; do arguments+=(--package "$package"); done
for rule in $RULES; do arguments+=(--rule "$rule"); done
for argument in $ARGS; do arguments+=("$argument"); done
set +f

# The binary itself and not `cargo layers`, which an alias of the checked workspace could be. What
# it shows of the code must not be taken for commands to the runner.
quiet=$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')
code=0
echo "::stop-commands::$quiet"
"$ROOT/bin/cargo-layers" layers check "${arguments[@]}" || code=$?
echo "::$quiet::"
if [ "$code" -gt 1 ]; then
    echo "::error title=cargo layers::the architecture could not be checked: the log says why"
    exit "$code"
fi
cat "$folder/annotations"
cat "$folder/layers.md" >> "$GITHUB_STEP_SUMMARY"

count() {
    grep -cE "^[^:]*:[0-9]+:[0-9]+: ($1)\[" "$folder/layers.txt" || true
}
output findings "$(count 'error|warning|note')"
output errors "$(count error)"
output warnings "$(count warning)"
output json-file "$folder/layers.json"
output sarif-file "$folder/layers.sarif"
output report "$folder/layers.md"

if [ -n "$PULL_REQUEST" ] && [ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ]; then
    echo "The pull request comes from ${HEAD_REPOSITORY:-a fork that is gone}, so its token may not write: nothing is uploaded and no comment made. The findings are in the log and in the summary."
    output may-write false
else
    output may-write true
fi
