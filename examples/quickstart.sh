#!/usr/bin/env bash
# From nothing to an answered query: installs what is missing, builds, turns the articles example into
# CloudFormation and Terraform, makes its database, serves it on this machine and asks it something.
# Safe to run again; everything it makes is below build/.
set -euo pipefail
loamName=quickstart
loamSteps=6
source "$(dirname "${BASH_SOURCE[0]}")/../cmake/setup.sh"
cd "$loamRoot"

example=$loamRoot/examples/articles
programs=$loamRoot/build/release/bin
output=$loamRoot/build/quickstart
server=""

stopServer() {
    local status=$?
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    (exit "$status")
    loamFinish
}
trap stopServer EXIT

build() {
    cmake --preset release
    local targets=(articles lamdb loam_function_archives)
    if command -v aarch64-linux-gnu-g++ >/dev/null && [[ -e build/arm64-sysroot/.complete ]]; then
        targets+=(loam_arm64)
    fi
    cmake --build --preset release --target "${targets[@]}"
}

synthesize() {
    cd "$example"
    "$programs/articles" synth --target all --out "$output/loam.out"
}

migrate() {
    rm -f "$output"/database.db*
    "$programs/lamdb" migrate --database "$output/database.db" --migrations "$example/prisma/migrations"
}

# A port of the loopback interface that nothing listens on.
freePort() {
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

waitForServer() {
    for _ in $(seq 100); do
        curl -fsS -o /dev/null "$url/health" 2>/dev/null && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat "$output/server.log"
    echo "the server did not start"
    return 1
}

ask() {
    curl -fsS --max-time 10 -H 'Content-Type: application/json' --data-binary "$1" "$url/graphql"
}

# Stops unless the answer holds the text that was written.
createAndRead() {
    waitForServer
    ask '{"query": "mutation { createOneArticle(data: {title: \"Hello from loam\"}) { id } }"}'
    echo
    ask '{"query": "query { findManyArticle(orderBy: {id: desc}, take: 3) { id title } }"}' >"$output/answer.json"
    cat "$output/answer.json"
    grep -q 'Hello from loam' "$output/answer.json"
}

mkdir -p "$output"
loamStep "Install missing packages" quickstart-install loamInstall build cross
loamStep "Build (some minutes the first time)" quickstart-build build
loamStep "Synthesize the articles example" quickstart-synthesize synthesize
loamStep "Migrate its database" quickstart-migrate migrate

port=$(freePort)
url=http://127.0.0.1:$port
timeout 120 "$programs/lamdb" serve --schema "$example/prisma/schema.prisma" \
    --database "$output/database.db" --port "$port" >"$output/server.log" 2>&1 </dev/null &
server=$!
loamStep "Serve it on $url and ask it" quickstart-query createAndRead
kill "$server"
wait "$server" 2>/dev/null || true
server=""

loamStep "Collect the results" quickstart-results test -s "$output/loam.out/manifest.json"
cat <<TEXT

The newest articles, as the database answered:
  $(cat "$output/answer.json")

CloudFormation  build/quickstart/loam.out/Articles.template.json
Terraform       build/quickstart/loam.out/terraform/Articles/main.tf.json
Packages        build/quickstart/loam.out/assets/
How to deploy   build/quickstart/loam.out/manifest.json
Database        build/quickstart/database.db
Source          examples/articles

TEXT
echo "quickstart: done; the templates are in build/quickstart/loam.out"
