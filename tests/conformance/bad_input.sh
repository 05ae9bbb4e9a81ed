#!/usr/bin/env bash
# bad_input.sh PROGRAM FOLDER: mistakes on the command line and in the input get one clear message, the
# right exit status (0 ok, 1 findings, 2 usage) and no partial output; an earlier output stays as it was.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
program=$1
folder=$2
failures=0

# expect STATUS TEXT ARGUMENT...: runs the program in $here and compares its exit status and its words.
expect() {
    local wanted=$1 text=$2 status=0
    shift 2
    (cd "$here" && timeout 60 "$program" "$@") >"$scratch/out.txt" 2>"$scratch/err.txt" </dev/null || status=$?
    local problem=""
    [[ $status == "$wanted" ]] || problem="exit status $status, expected $wanted"
    [[ -z $text ]] || grep -qiE -- "$text" "$scratch/out.txt" "$scratch/err.txt" || problem+=" no text like /$text/"
    grep -qE 'terminate called|what\(\):|std::|Sanitizer|^ *#[0-9]+ 0x' "$scratch/out.txt" "$scratch/err.txt" &&
        problem+=" shows an internal error"
    grep -q $'\033' "$scratch/out.txt" "$scratch/err.txt" && problem+=" colours what is no terminal"
    if [[ $wanted == 2 ]] && (($(wc -l <"$scratch/err.txt") > 4)); then
        problem+=" more than a short message"
    fi
    if [[ -n $problem ]]; then
        echo "FAILED: $* :$problem"
        sed 's/^/    | /' "$scratch/out.txt" "$scratch/err.txt"
        failures=$((failures + 1))
    else
        echo "ok: $* ($status)"
    fi
}

# expectUntouched: the earlier output has the bytes it had.
expectUntouched() {
    (cd "$here/loam.out" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$scratch/now.sums"
    cmp -s "$scratch/before.sums" "$scratch/now.sums" && [[ -z $(find "$here" -maxdepth 1 -name 'loam.out?*') ]] && return 0
    echo "FAILED: the earlier output changed after $1"
    failures=$((failures + 1))
}

here=$scratch/work
cp -R "$folder" "$here"
rm -rf "$here/loam.out"

expect 0 'usage|synth' --help
expect 0 'synth' synth --help
expect 0 '[0-9]+\.[0-9]+\.[0-9]+' --version
expect 0 'Articles' list
expect 2 'synth|list|command' bogus
expect 2 'no-such-option' synth --no-such-option
expect 2 'target' synth --target pulumi
expect 2 'format' synth --format toml
expect 2 'Nothing|stack' synth Nothing
expect 2 'out' synth --out
expect 2 'out' synth --out ''
[[ ! -e $here/loam.out ]] || fail "a refused command line left output behind"

expect 0 '' synth --target all
[[ -s $here/loam.out/manifest.json ]] || fail "the default output folder is not loam.out"
(cd "$here/loam.out" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$scratch/before.sums"

# An output folder that cannot be made: below a regular file, which stops root too.
: >"$here/regular"
expect 1 'regular' synth --out regular/out

# A standard output that takes nothing.
status=0
(cd "$here" && "$program" list) >/dev/full 2>"$scratch/err.txt" || status=$?
[[ $status == 1 ]] && grep -q 'standard output' "$scratch/err.txt" || fail "list to a full disk ended with $status"

# Only one stack: the name is accepted.
expect 0 '' synth Articles --out "$scratch/one"
[[ -s $scratch/one/Articles.template.json ]] || fail "synth Articles wrote no template"

schema=$here/prisma/schema.prisma
cp "$schema" "$scratch/schema.prisma"
printf 'model Broken {\n  id Int @id @nonsense(\n' >>"$schema"
expect 1 'schema\.prisma:?[^0-9]*[0-9]+' synth
expectUntouched "an invalid schema"
printf 'model Empty {\n}\n' >"$schema"
expect 1 'schema\.prisma' synth
expectUntouched "a model without fields"
rm "$schema"
expect 1 'schema\.prisma' synth
expectUntouched "a missing schema"
mkdir "$schema"
expect 1 'schema\.prisma' synth
expectUntouched "a folder without schema files"
rmdir "$schema"
head -c 2000 /dev/urandom >"$schema"
expect 1 'schema\.prisma' synth
expectUntouched "a schema of random bytes"
cp "$scratch/schema.prisma" "$schema"

mv "$here/prisma/migrations" "$scratch/migrations"
expect 1 'migrations' synth
expectUntouched "missing migrations"
mv "$scratch/migrations" "$here/prisma/migrations"

if [[ $(id -u) != 0 ]]; then
    chmod -w "$here/loam.out"
    expect 1 'loam\.out' synth
    chmod +w "$here/loam.out"
    expectUntouched "a read-only output folder"
fi
expect 0 '' synth --target all
expectUntouched "a good synthesis of the same input"

[[ $failures == 0 ]] || fail "$failures mistakes are not answered well"
