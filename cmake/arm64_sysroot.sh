#!/bin/sh
# arm64_sysroot.sh DIR: puts the arm64 libraries that the functions link into DIR.
#
# Uses an apt state of its own, so the architectures and the lists of the system stay as they are.
# Needs apt, dpkg and the package sources of the system; no root. Does nothing when DIR is complete.
set -eu

packages="libsqlite3-dev libmd-dev"

if [ $# -ne 1 ]; then
    echo "usage: $0 DIR" >&2
    exit 2
fi
mkdir -p "$1"
root=$(cd "$1" && pwd)
if [ "$(cat "$root/.complete" 2>/dev/null)" = "$packages" ]; then
    echo "the arm64 libraries are in $root"
    exit 0
fi

for tool in apt-get dpkg; do
    command -v $tool >/dev/null || { echo "$0: $tool is missing" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"
cat >"$work/apt.conf" <<END
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
Dir::State::lists "$work/lists";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
APT::Sandbox::User "";
END
export APT_CONFIG="$work/apt.conf"

echo "reading the package lists for arm64 ..."
apt-get update -qq
cd "$work/packages"
echo "fetching $packages ..."
# shellcheck disable=SC2086 # The list is meant to be split.
apt-get download -qq $packages
for package in ./*.deb; do
    dpkg -x "$package" "$root"
done
echo "$packages" >"$root/.complete"
echo "the arm64 libraries are in $root"
