# Sourced by scripts/setup and scripts/setup-windows: Debian's packages, Rust, and Rust's standard
# library for other targets.
# shellcheck shell=bash disable=SC2034

MIN_RUST=1.95
EXTRA_PATH=

put_first() {
  EXTRA_PATH=$1${EXTRA_PATH:+:$EXTRA_PATH}
  PATH=$1:$PATH
}

# A shell that reads no profile (cron, CI) may not know rustup's folder.
find_cargo() {
  mkdir -p "$CACHE" "$ROOT/.cache"
  if ! has cargo && [[ -x ${HOME:-}/.cargo/bin/cargo ]]; then put_first "$HOME/.cargo/bin"; fi
}

# --- Debian's packages -------------------------------------------------------------------------

can_apt() { has apt-get && { [[ $(id -u) == 0 ]] || has sudo; }; }

# Runs as root; with sudo only where it asks no password or a person can answer.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt_install() {
  say "installing $* (apt-get)"
  local log=$CACHE/apt.log
  # A fresh machine has no package lists, an old one stale ones: fetch them when the first try fails.
  apt_quiet install "$@" >"$log" 2>&1 && return
  if apt_quiet update >>"$log" 2>&1 && apt_quiet install "$@" >>"$log" 2>&1; then return; fi
  tail -n 5 "$log" >&2
  return 1
}

apt_quiet() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# apt_or_fail WHAT-TO-SAY PACKAGE...
apt_or_fail() {
  local advice=$1
  shift
  if can_apt && apt_install "$@"; then return; fi
  fail "$advice (on Debian, as root: apt-get install $*), then run this again."
}

# --- Rust --------------------------------------------------------------------------------------

rust_works() {
  local version
  version=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
  [[ -n $version ]] || return 1
  # The lower of the two must be the least that we support.
  [[ $(printf '%s\n' "$MIN_RUST" "${version%%-*}" | sort -V | head -n 1) == "$MIN_RUST" ]] &&
    cargo --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 &&
    cargo clippy --version >/dev/null 2>&1
}

need_rust() {
  rust_works && return
  if ask_rustup toolchain "toolchain install stable --profile minimal -c rustfmt -c clippy"; then
    RUSTUP_TOOLCHAIN=stable
    export RUSTUP_TOOLCHAIN
    rust_works && return
    unset RUSTUP_TOOLCHAIN
  fi
  # Debian's own, before any shim of rustup's that has no toolchain behind it.
  put_first /usr/bin
  rust_works && return
  apt_or_fail "Install Rust $MIN_RUST or later with rustup, rustfmt and clippy included" \
    rustc-web cargo-web rust-web-clippy rustfmt-web
  rust_works || fail "Rust $MIN_RUST or later with cargo, rustfmt and clippy is needed; found $(
    for tool in rustc cargo 'cargo fmt' 'cargo clippy'; do
      # shellcheck disable=SC2086 # a command of two words
      printf '%s: %s; ' "$tool" "$($tool --version 2>&1 | head -n 1)"
    done
  )"
}

# ask_rustup NAME ARGUMENTS: true when rustup did it. Where its servers are out of reach, that is
# remembered for a week, so that not every call waits.
ask_rustup() {
  local refused=$CACHE/rustup-$1-unreachable patience=30
  has rustup || return 1
  [[ -z $(find "$refused" -mtime -7 2>/dev/null) ]] || return 1
  # Patience is only short where there is another way.
  can_apt || patience=900
  say "rustup $2 (at most $patience s)"
  # shellcheck disable=SC2086 # the arguments are words of our own
  if timeout "$patience" rustup $2 </dev/null >"$CACHE/rustup.log" 2>&1; then
    rm -f "$refused"
    return
  fi
  say "rustup could not: see $CACHE/rustup.log; trying another way"
  touch "$refused"
  return 1
}

# --- Other targets -----------------------------------------------------------------------------
# Three ways, the first that works: the toolchain in use has it, rustup adds it, or Debian's
# compiler builds the standard library for it from Debian's source package.

# has_std SYSROOT TARGET: whether a standard library for it lies there.
has_std() { compgen -G "$1/lib/rustlib/$2/lib/libstd-*.rlib" >/dev/null; }

# need_target TARGET PACKAGE...: which cargo and rustc build for it, with which linker (none for the
# usual one) and flags. The packages are what Debian's compiler needs.
need_target() {
  local target=$1
  TARGET_CARGO=cargo TARGET_RUSTC=rustc TARGET_LINKER='' TARGET_FLAGS=''
  has_std "$(rustc --print sysroot)" "$target" && return
  if ask_rustup "$target" "target add $target" && has_std "$(rustc --print sysroot)" "$target"; then
    return
  fi
  use_debian "$@"
}

debian_is_ready() {
  # Its own clippy: rustup's cannot read what Debian's compiler made.
  [[ -x /usr/bin/cargo && -x /usr/bin/rustc && -x /usr/bin/cargo-clippy ]] &&
    [[ -d $(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library ||
      -d /usr/lib/rustlib/src/rust/library ]]
}

use_debian() {
  local target=$1 version sysroot
  shift
  if ! debian_is_ready || { [[ $target == wasm* ]] && ! wasm_linker >/dev/null; }; then
    apt_or_fail "Add Rust's target: rustup target add $target" "$@"
  fi
  TARGET_CARGO=/usr/bin/cargo TARGET_RUSTC=/usr/bin/rustc
  [[ $target != wasm* ]] || TARGET_LINKER=$(wasm_linker)
  version=$(/usr/bin/rustc --version | cut -d' ' -f2)
  sysroot=$CACHE/std-$target-$version
  has_std "$sysroot" "$target" || build_std "$sysroot" "$target"
  TARGET_FLAGS="--sysroot $sysroot"
}

wasm_linker() { compgen -G '/usr/bin/wasm-ld-*' | sort -V | tail -n 1 | grep .; }

# A sysroot of our own: it needs no root, and no package of Debian's will overwrite it.
build_std() {
  local sysroot=$1 target=$2 work lib name
  say "building Rust's standard library for $target (about a minute, once)"
  work=$(mktemp -d "$CACHE/std.XXXXXX")
  lib=$work/sysroot/lib/rustlib/$target/lib
  mkdir -p "$work/src" "$lib"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  # -Zbuild-std is a nightly switch; RUSTC_BOOTSTRAP lets the stable compiler take it, here only.
  # Bitcode inside, as in rustup's own: link-time optimisation reads it and fails without.
  name=${target//-/_}
  (
    cd "$work"
    env -u CARGO_TARGET_DIR -u RUSTUP_TOOLCHAIN PATH="/usr/bin:$PATH" \
      RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS='-C embed-bitcode=yes' \
      ${TARGET_LINKER:+"CARGO_TARGET_${name^^}_LINKER=$TARGET_LINKER"} \
      /usr/bin/cargo build --release --target "$target" -Zbuild-std=std,panic_abort,panic_unwind </dev/null
  ) >"$CACHE/std.log" 2>&1 || fail "the standard library did not build: see $CACHE/std.log"
  cp "$work/target/$target/release/deps/"lib*.rlib "$lib/"
  rm -f "$lib/libempty-"*
  # One rename, so that a run that was cut short leaves nothing half-made.
  rm -rf "$sysroot"
  mv "$work/sysroot" "$sysroot"
  rm -rf "$work"
  has_std "$sysroot" "$target" || fail "the standard library did not build: see $CACHE/std.log"
}

# The first lines of what a setup writes for the other scripts.
write_toolchain() {
  printf '# Written by scripts/%s. Do not edit, do not commit.\n' "${0##*/}"
  # shellcheck disable=SC2016 # $PATH is for the reader of the file
  [[ -z $EXTRA_PATH ]] || printf 'export PATH=%q:"$PATH"\n' "$EXTRA_PATH"
  [[ -z ${RUSTUP_TOOLCHAIN:-} ]] || printf 'export RUSTUP_TOOLCHAIN=%q\n' "$RUSTUP_TOOLCHAIN"
}
