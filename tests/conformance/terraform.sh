#!/usr/bin/env bash
# terraform.sh PROGRAM FOLDER: every synthesized root validates, plans, applies, then plans no change,
# and is destroyed, against the schema of the real provider.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need terraform node
offline=$support/tf-provider/tf-offline
export TF_OFFLINE_CACHE=$scratch/cache
mkdir -p "$TF_OFFLINE_CACHE"
synthesize "$1" "$2" "$scratch/out" --target terraform

step() {
    local wanted=$1 status=0
    shift
    "$offline" --state "$state" "$root" "$@" >"$scratch/log" 2>&1 || status=$?
    if [[ $status != "$wanted" ]]; then
        cat "$scratch/log"
        fail "terraform $* of $(basename "$root") ended with $status, expected $wanted"
    fi
}

roots=0
for root in "$scratch"/out/terraform/*/; do
    root=${root%/}
    state=$scratch/$(basename "$root").tfstate
    step 0 validate
    step 2 plan -detailed-exitcode
    step 0 apply
    grep -E '^Apply complete' "$scratch/log"
    step 0 plan -detailed-exitcode
    step 0 destroy
    grep -E '^Destroy complete' "$scratch/log"
    roots=$((roots + 1))
done
[[ $roots != 0 ]] || fail "no Terraform root was synthesized"
echo "$roots roots: validate, plan, apply, plan without changes, destroy"
