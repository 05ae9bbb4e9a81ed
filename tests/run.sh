#!/usr/bin/env bash
# Installs what is missing, builds, and runs every check: tests/run.sh [PRESET...]
#
# Presets are dev, release and asan; all three without an argument. With CI=true a missing outside
# tool (terraform, aws, cfn-lint, moto) is a failure; otherwise its tests are listed as skipped.
set -euo pipefail
loamName=tests
source "$(dirname "${BASH_SOURCE[0]}")/../cmake/setup.sh"
cd "$loamRoot"
unset LOAM_UPDATE_GOLDEN

presets=("$@")
[[ ${#presets[@]} != 0 ]] || presets=(dev release asan)
for preset in "${presets[@]}"; do
    case $preset in
        dev | release | asan) ;;
        *)
            echo "tests: unknown preset \"$preset\"; presets are dev, release and asan" >&2
            exit 2
            ;;
    esac
done
loamSteps=$((${#presets[@]} + 5))

buildWithClang() {
    cmake -S . -B build/clang -G Ninja -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 \
        -DCMAKE_C_FLAGS_DEBUG=-O0 -DCMAKE_CXX_FLAGS_DEBUG=-O0
    cmake --build build/clang
    ctest --test-dir build/clang -R '^fuzz_' --output-on-failure
}

loamStep "Install missing packages" install loamInstall build cross check
loamStep "Check the format" format cmake/checks/format.sh
for preset in "${presets[@]}"; do
    loamStep "Build and test: $preset" "$preset" cmake --workflow --preset "$preset"
done
loamStep "Compile with clang++-14 and fuzz" clang buildWithClang
loamStep "clang-tidy" tidy cmake/checks/tidy.sh build/clang
loamStep "Run the quick start" quickstart examples/quickstart.sh

for preset in "${presets[@]}"; do
    printf '\n%s\n' "$preset"
    grep -E '^(The following tests did not run|[[:space:]]+[0-9]+ - .*\(Skipped\)|[0-9]+% tests passed|Total Test time)' \
        "$loamLogs/$preset.log"
done
printf '\ntests: all passed (%s; clang, format, clang-tidy, quick start) in %d s\n' "${presets[*]}" "$SECONDS"
