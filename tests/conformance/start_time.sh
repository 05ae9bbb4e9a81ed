#!/usr/bin/env bash
# start_time.sh FUNCTIONS FOLDER: every function package, those for arm64 under an emulator, reaches its
# first /next with the schema and the migrations of the example in FOLDER, and says how long that took.
# The times are printed, not judged.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need python3
shopt -s nullglob
bootstraps=("$1"/*/bootstrap "$1"/arm64/*/bootstrap)
((${#bootstraps[@]} > 1)) || fail "no functions in $1"
[[ ! -d $1/arm64 ]] || need qemu-aarch64-static
python3 "$conformance/../benchmarks/start_time.py" --runs 20 --schema "$2/prisma/schema.prisma" \
    --migrations "$2/prisma/migrations" "${bootstraps[@]}"
