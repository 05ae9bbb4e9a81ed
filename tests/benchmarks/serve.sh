#!/usr/bin/env bash
# The figures of docs/benchmarks.md about the running server: tests/benchmarks/serve.sh [BUILD_DIRECTORY [SECONDS]].
# Time from start to the first answer, then throughput, latency and peak memory of `lamdb serve` under each kind
# of request, for SECONDS each, 5 without it. Needs a release build with the targets lamdb, loam_functions,
# loam_http_benchmark and loam_query_benchmark. Run it when the machine is otherwise idle.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
seconds=${2:-5}
scratch=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$scratch"' EXIT

echo "start to the first answer, schema of 40 models"
python3 "$here/first_answer.py" "$build/bin/lamdb" "$build/functions/query/bootstrap"

"$build/bin/loam_query_benchmark" --make "$scratch"
: >"$scratch/log"
"$build/bin/lamdb" serve --schema "$scratch/schema.prisma" --database "$scratch/data.db" --port 0 >"$scratch/log" &
server=$!
until port=$(sed -n 's/^listening on .*://p' "$scratch/log") && [[ -n $port ]]; do
    kill -0 "$server"
    sleep 0.05
done
memory() { awk '/^VmHWM/ {printf "%.1f MiB\n", $2 / 1024}' "/proc/$server/status"; }

echo "lamdb serve on 100,000 users and as many posts; peak memory at the start $(memory)"
# ask NAME CONNECTIONS DOCUMENT
ask() {
    printf '%-24s %d connections ' "$1" "$2"
    printf '{"query": "%s"}' "$3" | "$build/bin/loam_http_benchmark" "$port" "$2" "$seconds" | tr '\n' ' '
    echo " peak memory $(memory)"
}
for connections in 1 8; do
    ask findUnique "$connections" '{ findUniqueUser(where: {id: %}) { id email name age } }'
    ask 'findMany, 100 rows' "$connections" \
        '{ findManyUser(where: {age: %}, orderBy: {id: desc}, take: 100) { id email name age } }'
    ask 'include 10x10' "$connections" \
        '{ findManyUser(where: {id: {gte: %}}, orderBy: {id: asc}, take: 10) { id email name age posts { id title likes } } }'
    ask update "$connections" 'mutation { updateOnePost(where: {id: %}, data: {likes: {increment: 1}}) { id title likes } }'
done
echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
