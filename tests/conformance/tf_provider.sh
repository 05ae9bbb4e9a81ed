#!/usr/bin/env bash
# The stand-in for the AWS provider refuses what the real one's schema refuses.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need terraform node
"$support/tf-provider/selftest.sh"
