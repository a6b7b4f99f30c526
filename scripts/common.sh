# Sourced by the other scripts: where we are, how we speak, and what scripts/setup found.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# What outlives a clone: installed things and remembered failures.
CACHE=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/phoenix
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
TOOLCHAIN_ENV=$ROOT/.cache/toolchain.env

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Prints what it runs, so that a person sees the plain command.
step() {
  printf '\n> %s\n' "$*"
  "$@"
}

# Makes what is missing, then takes over the toolchain that was found.
use_toolchain() {
  "$ROOT/scripts/setup"
  # shellcheck source=/dev/null
  . "$TOOLCHAIN_ENV"
}
