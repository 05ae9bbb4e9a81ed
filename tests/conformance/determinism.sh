#!/usr/bin/env bash
# determinism.sh PROGRAM FOLDER: equal input gives equal bytes, templates and packages alike, whatever
# the time zone, locale, working directory, user, umask, and however often.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
program=$1
folder=$2

run() {
    local out=$1
    shift
    local where=$1
    shift
    (cd "$where" && env "$@" "$program" synth --target all --format json --out "$out/json") || fail "synth ended with $?"
    (cd "$where" && env "$@" "$program" synth --target all --format yaml --out "$out/yaml") || fail "synth ended with $?"
}

# The copy is another working directory, with other time stamps and permissions.
mkdir -p "$scratch/elsewhere/deep" "$scratch/home"
cp -R "$folder" "$scratch/elsewhere/deep/copy"
find "$scratch/elsewhere" -name '*.prisma' -exec touch -d '2001-02-03 04:05:06' {} + -exec chmod 600 {} +

run "$scratch/first" "$folder" TZ=UTC LC_ALL=C
run "$scratch/second" "$folder" TZ=UTC LC_ALL=C
run "$scratch/third" "$folder" TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=tr HOME="$scratch/home" USER=somebody LOGNAME=somebody COLUMNS=40
(umask 077 && run "$scratch/fourth" "$scratch/elsewhere/deep/copy" -u HOME -u USER -u LANG TZ=America/St_Johns LC_ALL=C.UTF-8 FORCE_COLOR=1)
# Writing over an earlier output leaves the same files as writing afresh.
run "$scratch/second" "$folder" TZ=Pacific/Chatham

for other in second third fourth; do
    diff -r "$scratch/first" "$scratch/$other" || fail "the $other output differs from the first"
done
grep -rqF -e "$folder" -e "$scratch" "$scratch/first" --include='*.json' --include='*.yaml' &&
    fail "the output names a folder of this machine"
packages=$(find "$scratch/first/json/assets" -name '*.zip' | wc -l)
((packages > 0)) || fail "no package was written"
for package in "$scratch"/first/json/assets/*.zip; do
    [[ $(basename "$package" .zip) == "$(sha256sum <"$package" | cut -d' ' -f1)" ]] || fail "$package is not named after its bytes"
done
echo "4 outputs of $(find "$scratch/first" -type f | wc -l) files are equal"
