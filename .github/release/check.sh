#!/usr/bin/env bash
# Checks that the tag $1 can be released from the repository at the address $2: the manifests have
# its version and say where the sources are, and the changelog tells of it.
set -euo pipefail
cd "$(dirname "$0")/../.."

tag=$1 repository=$2
version=${tag#v}
wrong=0

complain() {
    echo "$1" >&2
    wrong=1
}

# The value of the key $1 in the table `[workspace.package]`.
value() {
    sed -n '/^\[workspace\.package\]/,/^\[/s/^'"$1"' = "\(.*\)"/\1/p' Cargo.toml
}

if [ "$(value version)" != "$version" ]; then
    complain "The tag is $tag, and Cargo.toml says version $(value version)."
fi
if [ "$(value repository)" != "$repository" ]; then
    complain "[workspace.package] in Cargo.toml must say: repository = \"$repository\". cargo binstall finds the archives of a release by it."
fi
if ! .github/release/notes.sh "$version" > /dev/null; then
    complain "CHANGELOG.md must tell of $version: name the section [Unreleased] so, with the day."
fi
exit "$wrong"
