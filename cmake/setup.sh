# Shared by examples/quickstart.sh and tests/run.sh: numbered steps with a log each, and installation
# of what is missing. Sourced, never run.
#
# The caller sets loamName (for messages) and loamSteps (how many steps there will be).

loamRoot=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
loamLogs=$loamRoot/build/logs
loamStepNumber=0
loamStepTitle=""
loamStepLog=""
loamStepPid=""

# Shows the last line of a growing log in place, on a terminal only.
loamShowProgress() {
    [[ -t 1 ]] || return 0
    local width
    width=$(tput cols 2>/dev/null || echo 80)
    while kill -0 "$loamStepPid" 2>/dev/null; do
        printf '\r\033[K%s' "$(tail -n 1 "$loamStepLog" 2>/dev/null | tr -d '\r' | cut -c "1-$((width - 1))")"
        sleep 0.5
    done
    printf '\r\033[K'
}

# loamStep TITLE LOG COMMAND...: prints [n/N] TITLE and runs COMMAND (a function keeps `set -e`) with
# its output in build/logs/LOG.log. A failure prints the end of that log and ends the script.
loamStep() {
    loamStepTitle=$1
    loamStepLog=$loamLogs/$2.log
    shift 2
    loamStepNumber=$((loamStepNumber + 1))
    mkdir -p "$loamLogs"
    printf '[%d/%d] %s\n' "$loamStepNumber" "$loamSteps" "$loamStepTitle"
    local started=$SECONDS status=0
    # A process group of its own, so that an interrupted step can be ended with all its children.
    set -m
    (
        set +m -euo pipefail
        "$@"
    ) >"$loamStepLog" 2>&1 </dev/null &
    loamStepPid=$!
    set +m
    loamShowProgress
    wait "$loamStepPid" || status=$?
    loamStepPid=""
    if [[ $status != 0 ]]; then
        tail -n 60 "$loamStepLog" | sed 's/^/    | /' >&2
        exit "$status"
    fi
    printf '      %d s\n' "$((SECONDS - started))"
    loamStepTitle=""
}

# Ends a step that is still running and, after a failure, says which step it was and where its log is.
loamFinish() {
    local status=$?
    [[ -z $loamStepPid ]] || kill -- "-$loamStepPid" 2>/dev/null || true
    [[ $status != 0 ]] || return 0
    if [[ -n $loamStepTitle ]]; then
        printf '%s: FAILED in step [%d/%d] %s; its log is %s\n' "$loamName" "$loamStepNumber" \
            "$loamSteps" "$loamStepTitle" "$loamStepLog" >&2
    else
        printf '%s: FAILED\n' "$loamName" >&2
    fi
}
trap loamFinish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Prints the packages of the given groups that are not installed.
loamMissingPackages() {
    local group package program
    while read -r group package program; do
        [[ " $* " == *" $group "* ]] || continue
        [[ -n $program ]] && command -v "$program" >/dev/null && continue
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' && continue
        echo "$package"
    done < <(grep -v '^ *#' "$loamRoot/cmake/packages.txt")
}

# loamInstall GROUP...: installs what is missing, or names it and fails where that is not possible.
loamInstall() {
    local missing root=()
    mapfile -t missing < <(loamMissingPackages "$@")
    if [[ ${#missing[@]} == 0 ]]; then
        echo "every package is installed"
    else
        [[ $(id -u) == 0 ]] || root=(sudo -n)
        if ! command -v apt-get >/dev/null || { [[ ${#root[@]} != 0 ]] && ! sudo -n true 2>/dev/null; }; then
            echo "These Debian 12 packages are missing, and installing them needs apt-get as root or with sudo:"
            printf '  %s\n' "${missing[@]}"
            echo "Install them and run this again: apt-get install ${missing[*]}"
            return 1
        fi
        echo "installing ${missing[*]}"
        "${root[@]}" apt-get update
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    fi
    [[ " $* " != *" cross "* ]] || loamPrepareArm64
}

# Fetches the arm64 libraries for the cross compiler. Without them only x86_64 functions are built,
# which is a failure in CI alone.
loamPrepareArm64() {
    if bash "$loamRoot/cmake/arm64_sysroot.sh" "$loamRoot/build/arm64-sysroot"; then
        return 0
    fi
    echo "The arm64 libraries could not be prepared: the arm64 function packages are left out."
    [[ ${CI:-} != true ]]
}
