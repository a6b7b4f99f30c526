# Sourced by the other scripts: where we are, how we speak, and what scripts/setup found.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# What outlives a clone: installed things and remembered failures.
CACHE=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/phoenix
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
TOOLCHAIN_ENV=$ROOT/.cache/toolchain.env
WINDOWS_ENV=$ROOT/.cache/windows.env
WINDOWS=x86_64-pc-windows-gnu

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

# Becomes the cargo that builds for another target, with the toolchain that was found for it:
# cargo_for TARGET CARGO RUSTC LINKER RUSTFLAGS COMMAND...
cargo_for() {
  local target=$1 cargo=$2 rustc=$3 linker=$4 flags=$5 command=$6 name=${1//-/_}
  shift 6
  name=CARGO_TARGET_${name^^}
  # Debian's compiler for all of the build: the host's parts and the target's must come from one.
  [[ $rustc != /* ]] || export RUSTC=$rustc PATH=${rustc%/*}:$PATH
  [[ -z $linker ]] || export "${name}_LINKER=$linker"
  # Takes the place of what .cargo/config.toml says of all targets.
  export "${name}_RUSTFLAGS=--cfg erase_components${flags:+ $flags}"
  exec "$cargo" "$command" --target "$target" "$@"
}
