#!/usr/bin/env bash
# terraform_values.sh PROGRAM: Terraform computes from the rendered expressions what CloudFormation computes
# from its functions, whatever characters the texts hold.
source "$(dirname "${BASH_SOURCE[0]}")/../conformance/common.sh"
need terraform node
export TF_OFFLINE_CACHE=$scratch/cache
mkdir -p "$TF_OFFLINE_CACHE"
"$1" "$scratch" || fail "$1 ended with $?"

offline=("$support/tf-provider/tf-offline" --state "$scratch/state" "$scratch/root")
"${offline[@]}" apply >"$scratch/log" 2>&1 || { cat "$scratch/log"; fail "terraform apply"; }
"${offline[@]}" show -json >"$scratch/shown" || fail "terraform show"
node - "$scratch/shown" "$scratch/expected.json" <<'NODE'
const { readFileSync } = require('node:fs');
const lines = readFileSync(process.argv[2], 'utf8').split('\n');
const shown = JSON.parse(lines.find((line) => line.startsWith('{'))).values;
const expected = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const sorted = (value) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
    : Array.isArray(value) ? value.map(sorted) : value;
const text = (value) => JSON.stringify(sorted(value));
let failures = 0;
const compare = (name, actual, wanted) => {
  if (text(actual) === text(wanted)) return;
  failures += 1;
  console.log(`FAILED: ${name} is ${text(actual)}, expected ${text(wanted)}`);
};
for (const [name, wanted] of Object.entries(expected.outputs)) compare(name, shown.outputs[name]?.value, wanted);
const resources = new Map(shown.root_module.resources.map((resource) => [resource.address, resource.values]));
for (const [address, wanted] of Object.entries(expected.documents)) {
  compare(address, JSON.parse(resources.get(address).policy), wanted);
}
const count = Object.keys(expected.outputs).length + Object.keys(expected.documents).length;
console.log(`${count} values, ${failures} of them wrong`);
process.exit(failures === 0 && count > 100 ? 0 : 1);
NODE
