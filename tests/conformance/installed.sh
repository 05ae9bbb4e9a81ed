#!/usr/bin/env bash
# installed.sh BUILD FOLDER [CMAKE-OPTION...]: a stack program outside the source tree is configured and
# built against an installed copy, finds the bundled functions there, and synthesizes. The copy is moved
# after installation, since a package must work wherever it lies.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build=$1
project=$2
shift 2

cmake --install "$build" --prefix "$scratch/staged" >"$scratch/install.log" || { cat "$scratch/install.log"; fail "installation"; }
mv "$scratch/staged" "$scratch/prefix"
cp -R "$project" "$scratch/project"
! grep -rlF "$build" "$scratch/prefix/lib" --include='*.cmake' || fail "an installed CMake file names the build folder"

cmake -S "$scratch/project" -B "$scratch/build" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" "$@"
cmake --build "$scratch/build"
(cd "$scratch/project" && "$scratch/build/outside" synth --target all --out "$scratch/out")

for file in Outside.template.json terraform/Outside/main.tf.json manifest.json; do
    [[ -s $scratch/out/$file ]] || fail "$file was not written"
done
packages=$(find "$scratch/out/assets" -name '*.zip' | wc -l)
((packages > 0)) || fail "no function package was written"
"$scratch/prefix/bin/lamdb" --version
[[ -x $scratch/prefix/lib/loam/functions/migrate/bootstrap ]] || fail "no bundled migrate function"
echo "outside project: $packages packages from the installed copy"
