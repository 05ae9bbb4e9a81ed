#!/usr/bin/env bash
# graphql_clients.sh LAMDB: graphql-js builds a client schema from our introspection, finds it valid and the
# same as the schema language that `lamdb schema` prints, for every schema of Prisma's conformance cases; and
# every query of a case that expects data is valid against it, but for those that the file of exceptions
# lists. Needs LOAM_NODE_MODULES, a node_modules folder with graphql 16 or later, and LOAM_PRISMA_CASES, the
# file of the cases, one JSON object a line; both stay outside, so that the test is skipped where they are
# not named.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need node
needFile LOAM_NODE_MODULES /graphql/package.json "a node_modules folder with the package graphql"
needFile LOAM_PRISMA_CASES "" "the file of Prisma's conformance cases"

# Modules are looked for beside the program that imports them.
ln -s "$(realpath "$LOAM_NODE_MODULES")" "$scratch/node_modules"
cp "$conformance/graphql_clients.mjs" "$conformance/graphql_exceptions.txt" "$scratch"
node "$scratch/graphql_clients.mjs" "$1" "$LOAM_PRISMA_CASES" "$scratch"
