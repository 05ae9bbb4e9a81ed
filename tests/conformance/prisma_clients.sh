#!/usr/bin/env bash
# prisma_clients.sh LAMDB: unmodified Prisma Clients 4, 5, 6 and 7 work against `lamdb serve`. Needs
# LOAM_PRISMA_CLIENT, a folder with clients/vN, where a client is installed and generated for
# clients/vN/prisma/schema.prisma, prisma/migrations, which make that schema's tables, and run.mjs, which asks
# a server through a client: `node run.mjs URL --client vN` ends with 0 and with "P passed, 0 failed". It
# stays outside, so that the test is skipped where it is not named, and a client that is not installed with it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need node
needFile LOAM_PRISMA_CLIENT /run.mjs "a folder with run.mjs and Prisma Clients"
trap 'stopServer; rm -rf "$scratch"' EXIT

server=
stopServer() {
    [[ -z $server ]] || { kill "$server" && wait "$server" || true; }
    server=
}

# startServer LAMDB SCHEMA NAME: sets `url`.
startServer() {
    # Before the server is: it may come to it later than the first look into it.
    : >"$scratch/$3.log"
    "$1" serve --schema "$2" --database "$scratch/$3.db" --migrations "$LOAM_PRISMA_CLIENT/prisma/migrations" \
        --port 0 >>"$scratch/$3.log" 2>&1 &
    server=$!
    for _ in {1..300}; do
        url=$(sed -n 's|^listening on http://127.0.0.1|http://localhost|p' "$scratch/$3.log")
        [[ -z $url ]] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat "$scratch/$3.log" >&2
    fail "the server for $3 does not listen"
}

ran=0
for client in v4 v5 v6 v7; do
    schema=$LOAM_PRISMA_CLIENT/clients/$client/prisma/schema.prisma
    if [[ ! -e $schema ]]; then
        echo "skipped: Prisma Client $client is not installed in LOAM_PRISMA_CLIENT"
        continue
    fi
    startServer "$1" "$schema" "$client"
    printf '%s: ' "$client"
    timeout 120 node "$LOAM_PRISMA_CLIENT/run.mjs" "$url" --client "$client" | tee "$scratch/answers" ||
        fail "Prisma Client $client against lamdb serve"
    grep -Eq '^[1-9][0-9]* passed, 0 failed' "$scratch/answers" || fail "$client did not say what passed"
    stopServer
    ran=$((ran + 1))
done
((ran > 0)) || exit 77
