#!/usr/bin/env bash
# Packs the binary for the target $1, which stands in the folder $2, with the licences, and writes
# the archive and its SHA-256 into the folder $3, or target/package.
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
target=$1
binaries=$(cd "$2" && pwd)
packages=${3:-$top/target/package}
mkdir -p "$packages"
packages=$(cd "$packages" && pwd)

binary=cargo-layers
if [[ $target == *-windows-* ]]; then binary=cargo-layers.exe; fi
archive=cargo-layers-$target.tar.gz

# Relative paths, since tar takes the colon of a drive for the name of a host.
cd "$packages"
folder=$(mktemp -d ./pack.XXXXXX)
cp "$binaries/$binary" "$top/README.md" "$top/LICENSE-APACHE" "$top/LICENSE-MIT" "$folder"
tar -czf "$archive" -C "$folder" "$binary" README.md LICENSE-APACHE LICENSE-MIT
rm -r "$folder"
if command -v sha256sum > /dev/null; then
    sha256sum "$archive" > "$archive.sha256"
else
    shasum -a 256 "$archive" > "$archive.sha256"
fi
