#!/usr/bin/env bash
# What a long export costs the server: time, and peak memory (VmHWM) before and after, for the
# register of a seeded database. Usage: bash benches/export.sh [PROJECTS]
# PROGRAM names a server that is built already; else a release one is built. Needs curl.
# Prints; asserts nothing but that the file arrives as large as it was kept.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=${1:-10000}
program=${PROGRAM:-}
if [ -z "$program" ]; then
    cargo build --release --locked
    program=${CARGO_TARGET_DIR:-target}/release/grid-approvals
fi
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$folder"
}
trap finish EXIT

url="sqlite://$folder/export.sqlite?mode=rwc"
password=$(RUST_LOG=warn "$program" seed --projects "$projects" --seed 1 --database "$url" | sed -n 's/^login: [^ ]* //p' | head -n 1)
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo 18473)
RUST_LOG=warn "$program" serve --port "$port" --database "$url" >/dev/null &
server=$!
site=http://127.0.0.1:$port
until curl -fsS "$site/health" >/dev/null 2>&1; do sleep 0.1; done

jar=$folder/cookies
token() { sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }
first=$(curl -fsS -c "$jar" "$site/login" | token)
curl -fsS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_csrf=$first" \
    --data-urlencode "login=gongdian" --data-urlencode "password=$password" "$site/login"
memory() { awk '/VmHWM|VmRSS/ { printf "%s %.1f MB  ", $1, $2 / 1024 } END { print "" }' "/proc/$server/status"; }
cpu() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }

# The server opens its courier and its first page before it is measured.
page=$(curl -fsS -b "$jar" "$site/register")
csrf=$(token <<<"$page")
echo "before:         $(memory)"
spent=$(cpu)
began=$(date +%s%N)
place=$(curl -fsS -o /dev/null -w '%{redirect_url}' -b "$jar" --data-urlencode "_csrf=$csrf" "$site/exports")
while progress=$(curl -fsS -b "$jar" "$place/progress") && [[ $progress == *'"open":true'* ]]; do
    sleep 0.2
done
took=$(( ($(date +%s%N) - began) / 1000000 ))
spent=$(( ($(cpu) - spent) * 1000 / $(getconf CLK_TCK) ))
echo "after export:   $(memory) $took ms, $spent ms of CPU; $progress"
began=$(date +%s%N)
curl -fsS -b "$jar" -o "$folder/register.xlsx" "$place/file"
took=$(( ($(date +%s%N) - began) / 1000000 ))
echo "after download: $(memory) $took ms, $(stat -c %s "$folder/register.xlsx") bytes"
if [ -n "${KEEP:-}" ]; then cp "$folder/register.xlsx" "$KEEP"; fi
