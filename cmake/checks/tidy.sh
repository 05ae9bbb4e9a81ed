#!/usr/bin/env bash
# clang-tidy over our own sources: cmake/checks/tidy.sh BUILD_DIRECTORY [FILE...]
#
# BUILD_DIRECTORY holds compile_commands.json and the generated headers, and keeps a mark for every
# file that passed, so that a second run checks what has changed: a file's mark depends on the file,
# on every header of ours and on .clang-tidy.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$(cd "$1" && pwd)
shift
database=$build/compile_commands.json
[[ -f $database ]] || { echo "tidy: no $database; configure that folder first" >&2; exit 2; }

marks=$build/tidy
mkdir -p "$marks"
common=$(find constructs templates generator runtime examples tests .clang-tidy \
    \( -name '*.hpp' -o -name .clang-tidy \) -not -path '*/node_modules/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-64)

files=("$@")
if [[ ${#files[@]} == 0 ]]; then
    # Largest first, so that the processors finish together.
    mapfile -t files < <(find constructs templates generator runtime examples tests -name '*.cpp' \
        -not -path '*/node_modules/*' -not -path 'tests/compile_errors/*' -printf '%s %p\n' | sort -rn | cut -d' ' -f2)
fi

checkOne() {
    local file=$1 mark
    grep -qF "\"$PWD/$file\"" "$database" || return 0
    mark=$marks/$( (echo "$common"; cat "$file") | sha256sum | cut -c 1-64)
    [[ ! -e $mark ]] || return 0
    clang-tidy-14 --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null && : >"$mark" && return 0
    echo "tidy: $file"
    return 1
}
export -f checkOne
export common build marks database
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'checkOne {}'
echo "tidy: ${#files[@]} files"
