#!/usr/bin/env bash
# bad_input_lamdb.sh LAMDB FOLDER: mistakes in the options and the input of `lamdb` get one clear message
# and the right exit status; a running server answers malformed requests and stops cleanly on SIGTERM.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
lamdb=$1
schema=$2/prisma/schema.prisma
migrations=$2/prisma/migrations
server=""
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT
failures=0

wrong() {
    echo "FAILED: $*"
    sed 's/^/    | /' "$scratch/out.txt" "$scratch/err.txt"
    failures=$((failures + 1))
}

# expect STATUS TEXT ARGUMENT...
expect() {
    local wanted=$1 text=$2 status=0
    shift 2
    timeout 20 "$lamdb" "$@" >"$scratch/out.txt" 2>"$scratch/err.txt" </dev/null || status=$?
    [[ $status == "$wanted" ]] || wrong "$* ended with $status, expected $wanted"
    cat "$scratch/out.txt" "$scratch/err.txt" | grep -qiE -- "$text" || wrong "$* does not mention $text"
    if grep -qE 'terminate called|what\(\):|std::|Sanitizer' "$scratch/out.txt" "$scratch/err.txt"; then
        wrong "$* shows an internal error"
    fi
}

expect 0 'serve' --help
expect 0 '[0-9]+\.[0-9]+\.[0-9]+' --version
expect 2 'bogus|command' bogus
expect 2 'no-such-option' serve --schema "$schema" --database "$scratch/x.db" --no-such-option
expect 2 'schema' serve --database "$scratch/x.db"
expect 2 'port' serve --schema "$schema" --database "$scratch/x.db" --port 70000
expect 1 'missing\.prisma' serve --schema "$scratch/missing.prisma" --database "$scratch/x.db"
expect 1 'no-migrations' migrate --database "$scratch/x.db" --migrations "$scratch/no-migrations"
printf 'model Broken {\n' >"$scratch/broken.prisma"
expect 1 'broken\.prisma' serve --schema "$scratch/broken.prisma" --database "$scratch/x.db"
: >"$scratch/regular"
expect 1 'regular' migrate --database "$scratch/regular/x.db" --migrations "$migrations"
head -c 4096 /dev/urandom >"$scratch/noise.db"
expect 1 'noise\.db|not a database' migrate --database "$scratch/noise.db" --migrations "$migrations"

command -v curl >/dev/null || fail "curl is missing"
port=$(freePort)
"$lamdb" serve --schema "$schema" --database "$scratch/served.db" --migrations "$migrations" \
    --port "$port" >"$scratch/server.log" 2>&1 </dev/null &
server=$!
for _ in $(seq 100); do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/health" 2>/dev/null && break
    sleep 0.1
done
expect 1 "$port" serve --schema "$schema" --database "$scratch/other.db" --migrations "$migrations" --port "$port"

# answers STATUS TEXT CURL-ARGUMENT...: the server's answer has this status and says so.
answers() {
    local wanted=$1 text=$2 status
    shift 2
    status=$(curl -sS --max-time 10 -o "$scratch/out.txt" -w '%{http_code}' "$@" 2>"$scratch/err.txt") || true
    [[ $status =~ ^($wanted)$ ]] || wrong "$* answered $status, expected $wanted"
    grep -qiE -- "$text" "$scratch/out.txt" || wrong "$* does not mention $text"
}
url=http://127.0.0.1:$port
answers '200|400' 'error' -d '{' "$url/graphql"
answers '200|400' 'error' -d '{"query": "query { findMany"}' "$url/graphql"
answers '200|400' 'error' -d '{"query": "query { findManyNothing { id } }"}' "$url/graphql"
answers '200|400' 'error' -d '[]' "$url/graphql"
answers '404' '' "$url/nothing"
answers '405' '' -X DELETE "$url/graphql"
answers '200' 'findManyArticle' -d '{"query": "query { findManyArticle { id } }"}' "$url/graphql"
answers '200' 'success' -X POST "$url/migrate"

kill -TERM "$server"
status=0
wait "$server" || status=$?
server=""
[[ $status == 0 ]] || { cat "$scratch/server.log"; fail "the server ended with $status after SIGTERM"; }
[[ $failures == 0 ]] || fail "$failures mistakes are not answered well"
echo "lamdb answers every mistake"
