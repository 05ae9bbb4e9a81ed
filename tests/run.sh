#!/usr/bin/env bash
# Installs what is missing, builds, and runs every check: tests/run.sh [PRESET...]
#
# Presets are dev, release and asan. Without an argument they are release (g++, optimized, every test) and
# asan (clang, sanitizers, fuzzers); dev, the build of daily work, has no source and no test that they have not.
# With CI=true a missing outside tool (terraform, aws, cfn-lint, moto) is a failure; otherwise its tests
# are listed as skipped.
set -euo pipefail
loamName=tests
source "$(dirname "${BASH_SOURCE[0]}")/../cmake/setup.sh"
cd "$loamRoot"
unset LOAM_UPDATE_GOLDEN

presets=("$@")
[[ ${#presets[@]} != 0 ]] || presets=(release asan)
for preset in "${presets[@]}"; do
    case $preset in
        dev | release | asan) ;;
        *)
            echo "tests: unknown preset \"$preset\"; presets are dev, release and asan" >&2
            exit 2
            ;;
    esac
done
loamSteps=$((${#presets[@]} + 4))

# clang-tidy reads the compile commands and the generated headers of the clang build.
checkWithClangTidy() {
    cmake --preset asan
    cmake --build --preset asan
    cmake/checks/tidy.sh build/asan
}

loamStep "Install missing packages" install loamInstall build cross check
loamStep "Check the format" format cmake/checks/format.sh
for preset in "${presets[@]}"; do
    loamStep "Build and test: $preset" "$preset" cmake --workflow --preset "$preset"
done
loamStep "clang-tidy" tidy checkWithClangTidy
loamStep "Run the quick start" quickstart examples/quickstart.sh

for preset in "${presets[@]}"; do
    printf '\n%s\n' "$preset"
    grep -E '^(The following tests did not run|[[:space:]]+[0-9]+ - .*\(Skipped\)|[0-9]+% tests passed|Total Test time)' \
        "$loamLogs/$preset.log"
done
printf '\ntests: all passed (%s; format, clang-tidy, quick start) in %d s\n' "${presets[*]}" "$SECONDS"
