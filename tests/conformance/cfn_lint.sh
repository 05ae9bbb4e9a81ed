#!/usr/bin/env bash
# cfn_lint.sh PROGRAM FOLDER: cfn-lint finds no error and no warning in the synthesized JSON and YAML,
# but W3002, the local code path that `aws cloudformation package` replaces. Informational findings are
# printed and do not fail.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need cfn-lint
synthesize "$1" "$2" "$scratch/json" --target cloudformation --format json
synthesize "$1" "$2" "$scratch/yaml" --target cloudformation --format yaml
templates=("$scratch"/json/*.template.json "$scratch"/yaml/*.template.yaml)
[[ -e ${templates[0]} ]] || fail "no template was synthesized"

status=0
cfn-lint --include-checks I --ignore-checks W3002 --format parseable -- "${templates[@]}" >"$scratch/findings" || status=$?
cat "$scratch/findings"

# The exit status is a set of bits: 2 for errors, 4 for warnings, 8 for informational findings.
(((status & ~8) == 0)) || fail "cfn-lint ended with $status"
echo "${#templates[@]} templates, $(wc -l <"$scratch/findings") informational findings"
