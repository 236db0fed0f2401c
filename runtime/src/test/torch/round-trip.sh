#!/usr/bin/env bash
# Weights go from PyTorch to Sardonyx and back, through .pth and .safetensors, equal to the bit.
# Needs Debian's python3-torch and a built ./sardonyx.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../../../test-models/target
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8

copy() {
  "$(cat "$target/java-home")/bin/java" -cp "$target/sardonyx.jar" "$here/Copy.java" "$@"
}
/usr/bin/python3 "$here/round_trip.py" save "$folder"
copy "$folder/zip.pth" "$folder/from-zip.pth" "$folder/x.safetensors"
copy "$folder/legacy.pth" "$folder/from-legacy.pth"
copy "$folder/x.safetensors" "$folder/from-safetensors.pth"
/usr/bin/python3 "$here/round_trip.py" verify "$folder"
