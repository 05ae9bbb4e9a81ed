# Shared by the scripts of this folder: a scratch folder that goes away, tools that may be missing,
# free ports. Sourced, never run. Exit status 77 is CTest's "skipped".
set -euo pipefail

conformance=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
support=$conformance/../support
scratch=$(mktemp -d "${TMPDIR:-/tmp}/loam-conformance.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# need TOOL...: skips the test when a tool is missing; in CI that is a failure.
need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null && continue
        echo "skipped: $tool is not installed"
        [[ ${CI:-} != true ]] || fail "$tool is missing, and CI needs it"
        exit 77
    done
}

# needFile VARIABLE NAME WHAT: skips the test when a variable does not name a folder with NAME in it, or, when
# NAME is empty, a file. For data and programs that stay outside of the repository.
needFile() {
    [[ -n ${!1:-} && -e ${!1}${2:-} ]] && return
    echo "skipped: $1 does not name ${3}"
    exit 77
}

# synthesize PROGRAM FOLDER OUT [OPTION...]: runs a stack program in its own folder.
synthesize() {
    local program=$1 folder=$2 out=$3
    shift 3
    (cd "$folder" && "$program" synth --out "$out" "$@") || fail "$program synth ended with $?"
}

# A loopback port that nothing listens on, in a range that the system does not hand out by itself.
freePort() {
    local port
    while :; do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}
