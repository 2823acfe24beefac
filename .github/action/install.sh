#!/usr/bin/env bash
# Installs cargo layers into ROOT.
#
# Takes SOURCE (`release` or `checkout`), ADDRESS (of the archive), ROOT, and IS_CHOSEN: `true` if
# the workflow asks for this very version, so that nothing else will do.
set -euo pipefail

download() {
    curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 \
        --output "$2" "$1"
}

# Whether the file $1 has the checksum that the file $2 holds.
is_whole() {
    local expected found
    expected=$(cut -d ' ' -f 1 < "$2")
    if command -v sha256sum > /dev/null; then
        found=$(sha256sum < "$1" | cut -d ' ' -f 1)
    else
        found=$(shasum -a 256 < "$1" | cut -d ' ' -f 1)
    fi
    [ -n "$expected" ] && [ "$expected" = "$found" ]
}

release() {
    local folder=$RUNNER_TEMP/cargo-layers-release
    mkdir -p "$folder" "$ROOT/bin"
    download "$ADDRESS" "$folder/archive.tar.gz" || return 1
    download "$ADDRESS.sha256" "$folder/archive.sha256" || return 1
    if ! is_whole "$folder/archive.tar.gz" "$folder/archive.sha256"; then
        echo "::error title=cargo layers::$ADDRESS does not have the checksum that the release says"
        exit 2
    fi
    # A relative path, since tar takes the colon of a drive for the name of a host.
    (cd "$folder" && tar -xzf archive.tar.gz)
    cp "$folder"/cargo-layers* "$ROOT/bin/"
}

# Built in the folder of the action: in that of the workspace, Cargo would heed what the checked
# code says about toolchains, compiler wrappers and linkers.
build() {
    if ! command -v cargo > /dev/null; then
        echo "::error title=cargo layers::cargo is missing: install Rust in a step before this one"
        exit 2
    fi
    (cd "$GITHUB_ACTION_PATH" \
        && CARGO_TARGET_DIR="$RUNNER_TEMP/cargo-layers-target" \
            cargo install --locked --path cargo-layers --root "$ROOT")
}

if [ "$SOURCE" = release ]; then
    if release; then
        exit 0
    fi
    if [ "$IS_CHOSEN" = true ]; then
        echo "::error title=cargo layers::$ADDRESS cannot be downloaded: is there such a release?"
        exit 2
    fi
    echo "$ADDRESS cannot be downloaded, so the source of the action is built"
fi
build
