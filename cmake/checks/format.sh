#!/usr/bin/env bash
# Every C++ file has the repository's format. `cmake/checks/format.sh --fix` rewrites those that have not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mode=(--dry-run --Werror)
[[ ${1:-} != --fix ]] || mode=(-i)

mapfile -t files < <(find constructs templates generator runtime examples tests \
    \( -name '*.cpp' -o -name '*.hpp' \) -not -path '*/node_modules/*' -not -path '*/build*/*' | LC_ALL=C sort)
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 40 clang-format-14 "${mode[@]}"
echo "format: ${#files[@]} files"
