#!/usr/bin/env bash
# Keeps one comment on the pull request that says what was found. It is written when there is
# something to say, and changed only when that changes.
#
# Takes GH_TOKEN, PULL_REQUEST (its number), NAME (what tells several checks of one pull request
# apart), FINDINGS (how many) and REPORT (the Markdown). A comment that cannot be written does not
# fail the check.
set -euo pipefail

if [ -z "$PULL_REQUEST" ]; then
    echo "This is no pull request, so there is nothing to comment on."
    exit 0
fi

could_not() {
    echo "::warning title=cargo layers::the comment could not be $1: does the job have the permission \`pull-requests: write\`?"
    exit 0
}

# The marker, which is not shown, says whose comment it is and what it says. Links hold the commit,
# which changes with every push, and so does not count.
scope=$(printf '%s' "$NAME" | tr -c 'A-Za-z0-9._/' '_')
digest=$(sed "s/$GITHUB_SHA/-/g" "$REPORT" | git hash-object --stdin)
prefix="<!-- cargo-layers $scope "
marker="$prefix$digest -->"

# shellcheck disable=SC2016 # GraphQL and jq have variables of their own.
query='query($owner: String!, $name: String!, $number: Int!, $endCursor: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $endCursor) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId viewerDidAuthor body }
      }
    }
  }
}'
# shellcheck disable=SC2016
filter='.data.repository.pullRequest.comments.nodes[]
    | select(.viewerDidAuthor and (.body | startswith(env.PREFIX)))
    | "\(.databaseId) \(.body | split("\n")[0] | rtrimstr("\r"))"'

known=$(PREFIX=$prefix gh api graphql --paginate \
    -f owner="${GITHUB_REPOSITORY%%/*}" -f name="${GITHUB_REPOSITORY#*/}" \
    -F number="$PULL_REQUEST" -f query="$query" --jq "$filter") || could_not looked for
known=${known%%$'\n'*}

body=$RUNNER_TEMP/cargo-layers-comment.md
{
    printf '%s\n' "$marker"
    cat "$REPORT"
} > "$body"

if [ -z "$known" ]; then
    if [ "$FINDINGS" = 0 ]; then
        echo "There is nothing to say."
        exit 0
    fi
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" \
        -F body=@"$body" || could_not written
    echo "A comment says what was found."
elif [ "${known#* }" = "$marker" ]; then
    echo "The comment on the pull request says so already."
else
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/${known%% *}" \
        -F body=@"$body" || could_not changed
    echo "The comment on the pull request has been changed."
fi
