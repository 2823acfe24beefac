#!/usr/bin/env bash
# Chooses what to install: a release, if the action stands at one or one is asked for, or else
# what stands in the action's own checkout.
#
# Takes VERSION, REPOSITORY and REF (of the action). Gives the outputs source (`release` or
# `checkout`), address (of the archive), root (the folder to install into) and key (of the cache).
set -euo pipefail

output() {
    printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

# The version that the sources of the action say they are.
own_version() {
    sed -n '/^\[workspace\.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml"
}

# Whether the commit $1 is the one that the release $2 was made of. Workflows that name a commit
# behind the @ are the careful ones, and should not have to build.
is_release() {
    local tag="refs/tags/v$2"
    git ls-remote "$GITHUB_SERVER_URL/$REPOSITORY" "$tag" "$tag^{}" 2>/dev/null \
        | cut -f 1 | grep -qxF "$1"
}

# The target that a release is built for on this runner.
target() {
    case "$RUNNER_OS-$RUNNER_ARCH" in
        Linux-X64) echo x86_64-unknown-linux-musl ;;
        Linux-ARM64) echo aarch64-unknown-linux-musl ;;
        macOS-X64) echo x86_64-apple-darwin ;;
        macOS-ARM64) echo aarch64-apple-darwin ;;
        Windows-X64) echo x86_64-pc-windows-msvc ;;
    esac
}

version=${VERSION#v}
if [ -n "$version" ]; then
    if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
        echo "::error title=cargo layers::the input version is no version: write one such as 0.1.0"
        exit 2
    fi
elif [[ $REF =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
    version=${REF#v}
elif [[ $REF =~ ^[0-9a-f]{40}$ ]] && is_release "$REF" "$(own_version)"; then
    version=$(own_version)
fi

output root "$RUNNER_TEMP/cargo-layers"
triple=$(target)
if [ -n "$version" ] && [ -n "$REPOSITORY" ] && [ -n "$triple" ]; then
    echo "cargo layers $version, built for $triple"
    output source release
    output address "$GITHUB_SERVER_URL/$REPOSITORY/releases/download/v$version/cargo-layers-$triple.tar.gz"
elif [ -n "$VERSION" ]; then
    echo "::error title=cargo layers::there is no release for $RUNNER_OS on $RUNNER_ARCH: leave the input version out, and the action is built from source"
    exit 2
else
    echo "cargo layers, built from the source of the action"
    output source checkout
    sources=$(cd "$GITHUB_ACTION_PATH" \
        && find Cargo.toml Cargo.lock cargo-layers rules -type f -print0 | LC_ALL=C sort -z \
        | xargs -0 cat | git hash-object --stdin)
    output key "cargo-layers-$RUNNER_OS-$RUNNER_ARCH-$sources"
fi
