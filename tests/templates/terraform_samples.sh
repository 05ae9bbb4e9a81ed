#!/usr/bin/env bash
# terraform_samples.sh PROGRAM: stacks with every mapped type validate, apply, then plan no change, and are
# destroyed, against the schema of the real provider. They refer to each other, so that each one's state
# lies where the next one looks for it.
source "$(dirname "${BASH_SOURCE[0]}")/../conformance/common.sh"
need terraform node
export TF_OFFLINE_CACHE=$scratch/cache
mkdir -p "$TF_OFFLINE_CACHE"
"$1" "$scratch" >"$scratch/stacks" || fail "$1 ended with $?"

step() {
    local wanted=$1 root=$scratch/terraform/$2 status=0
    shift 2
    "$support/tf-provider/tf-offline" --state "$root/terraform.tfstate" "$root" "$@" >"$scratch/log" 2>&1 || status=$?
    if [[ $status != "$wanted" ]]; then
        cat "$scratch/log"
        fail "terraform $* of $(basename "$root") ended with $status, expected $wanted"
    fi
}

while read -r stack; do
    step 0 "$stack" validate
    step 0 "$stack" apply
    step 0 "$stack" plan -detailed-exitcode
done <"$scratch/stacks"
while read -r stack; do
    step 0 "$stack" destroy
done < <(tac "$scratch/stacks")
echo "$(wc -l <"$scratch/stacks") roots with every mapped type: validate, apply, plan without changes, destroy"
