#!/usr/bin/env bash
# start_time.sh FUNCTIONS FOLDER: every function package reaches its first /next, with the schema and the
# migrations of the example in FOLDER, and says how long that took. The times are printed, not judged.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need python3
python3 "$conformance/../benchmarks/start_time.py" --runs 20 --schema "$2/prisma/schema.prisma" \
    --migrations "$2/prisma/migrations" "$1"/*/bootstrap
