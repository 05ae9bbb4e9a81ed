#!/usr/bin/env bash
# prisma_cases.sh LAMDB: `lamdb push` and `lamdb serve` answer the recorded cases of Prisma's own engine, but
# for those that the file of exceptions lists. Needs LOAM_PRISMA_CASES, the file of the cases, one JSON object
# a line; it stays outside, so that the test is skipped where it is not named.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need python3
needFile LOAM_PRISMA_CASES "" "the file of Prisma's conformance cases"
python3 "$support/prisma_cases.py" "$1" "$LOAM_PRISMA_CASES" "$conformance/prisma_cases_exceptions.txt"
