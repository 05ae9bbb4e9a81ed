#!/usr/bin/env bash
# The figures of docs/benchmarks.md: tests/benchmarks/run.sh [BUILD_DIRECTORY]. Needs a release build
# and /usr/bin/time. Run it when the machine is otherwise idle; CPU seconds move least with load.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
build=$(cd "${1:-$root/build/release}" && pwd)
example=$root/examples/articles
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

synthesize() { "$here/measure.sh" "$1" bash -c "exec \"$2\" $3 --out \"\$OUT\""; }

echo "articles, CloudFormation with validation"
(cd "$example" && synthesize 7 "$build/bin/articles" "synth --target cloudformation")

echo "N resources in stacks of 450, CloudFormation with validation"
for resources in 500 5000 20000; do
    printf '%6d  ' "$resources"
    synthesize 5 "$build/bin/loam_scale" "$resources synth --target cloudformation"
done

echo "start to the first /next"
python3 "$here/start_time.py" --schema "$example/prisma/schema.prisma" \
    --migrations "$example/prisma/migrations" "$build"/functions/{migrate,query}/bootstrap

echo "queries in process, beside a plain program against SQLite"
"$build/bin/loam_query_benchmark"

"$here/serve.sh" "$build"

echo "packages of articles"
(cd "$example" && "$build/bin/articles" synth --target cloudformation --out "$scratch/out" >/dev/null)
for package in "$scratch"/out/assets/*.zip; do
    printf '%9d bytes  %s\n' "$(stat -c %s "$package")" "$(unzip -Z1 "$package" | grep -v / | tr '\n' ' ')"
done

echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
