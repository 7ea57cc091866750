#!/usr/bin/env bash
# Every test there is, on a machine that has Rust and nothing else: what is missing is installed
# from Debian's packages first. Usage: bash tests/all.sh
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need <why> <package>...
    local why=$1
    shift
    echo "installing $* ($why)"
    if [ -z "${apt_updated:-}" ]; then
        ${SUDO:-} apt-get update -qq
        apt_updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive ${SUDO:-} apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if [ "$(id -u)" != 0 ] && command -v sudo >/dev/null; then SUDO=sudo; fi
command -v cc >/dev/null || need "SQLite is compiled from C" gcc libc6-dev
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    need "the store's tests start a private PostgreSQL" postgresql
command -v chromium >/dev/null || need "journeys in a real browser" chromium
command -v chromedriver >/dev/null || need "journeys in a real browser" chromium-driver
command -v fc-list >/dev/null || need "Chinese text in pictures" fontconfig
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || need "Chinese text in pictures" fonts-wqy-microhei

cargo fmt --all --check
cargo clippy --workspace --exclude pdf --all-targets --locked -- -D warnings
cargo build --locked
cargo test --workspace --exclude pdf --locked
