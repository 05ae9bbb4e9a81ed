#!/usr/bin/env bash
# measure.sh RUNS COMMAND...: median user + system CPU seconds, wall seconds and peak RSS of a command.
# OUT is a fresh folder in each run, for a command that writes.
set -euo pipefail
runs=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for _ in $(seq "$runs"); do
    rm -rf "$scratch/out"
    OUT=$scratch/out /usr/bin/time -a -o "$scratch/times" -f '%U %S %e %M' "$@" >/dev/null 2>"$scratch/errors" || {
        tail -n 5 "$scratch/errors" >&2
        exit 1
    }
done
median() { cut -d' ' -f"$1" "$scratch/times" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
cpu=$(awk '{print $1 + $2}' "$scratch/times" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}')
awk -v c="$cpu" -v u="$(median 1)" -v w="$(median 3)" -v m="$(median 4)" \
    'BEGIN {printf "cpu %.2f s (user %.2f)  wall %.2f s  rss %.1f MiB\n", c, u, w, m / 1024}'
