#!/usr/bin/env bash
# What one overdue board costs the server: CPU time a page and pages a second at 16 connections,
# over the data of `seed --projects 10000`. Usage: bash benches/load.sh [PROJECTS]
# Needs wrk and curl (Debian packages). Prints; asserts nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=${1:-10000}
cargo build --release --locked
program=${CARGO_TARGET_DIR:-target}/release/grid-approvals
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$folder"
}
trap finish EXIT

url="sqlite://$folder/load.sqlite?mode=rwc"
login=$("$program" seed --projects "$projects" --seed 1 --database "$url" | tee "$folder/seed.txt" |
    sed -n 's/^login: //p' | head -n 1)
cat "$folder/seed.txt"
read -r name password <<<"$login"

port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo 18471)
RUST_LOG=warn "$program" serve --port "$port" --database "$url" &
server=$!
until curl -fsS "http://127.0.0.1:$port/health" >/dev/null 2>&1; do sleep 0.1; done

jar=$folder/cookies
token=$(curl -fsS -c "$jar" "http://127.0.0.1:$port/login" |
    sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
curl -fsS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_csrf=$token" \
    --data-urlencode "login=$name" --data-urlencode "password=$password" \
    "http://127.0.0.1:$port/login"
cookie=$(awk '!/^#[^H]/ && NF >= 7 { printf "%s%s=%s", (n++ ? "; " : ""), $6, $7 }' "$jar")

board="http://127.0.0.1:$port/board?lamp=red"
rows=$(curl -fsS -H "Cookie: $cookie" "$board" | grep -o 'href="/filings/[0-9]*"' | sort -u | wc -l)
echo "rows on the board: $rows"
[ "$rows" -ge 50 ] || { echo "the board does not show 50 rows: not measured" >&2; exit 1; }

ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
hertz=$(getconf CLK_TCK)
for connections in 1 16 64; do
    before=$(ticks)
    wrk -t1 -c"$connections" -d15s -H "Cookie: $cookie" --latency "$board" >"$folder/wrk.txt"
    after=$(ticks)
    served=$(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' "$folder/wrk.txt")
    bad=$(grep -c 'Non-2xx' "$folder/wrk.txt" || true)
    awk -v c="$connections" -v t=$((after - before)) -v h="$hertz" -v n="$served" -v bad="$bad" 'BEGIN {
        printf "%2d connections: %d pages, %.0f pages/s, %.3f ms CPU a page%s\n",
            c, n, n / 15, 1000 * t / h / n, bad ? "  (NOT ALL 200)" : "" }'
    grep -E '^ +(50|99)%' "$folder/wrk.txt"
done
grep -E 'VmHWM|VmRSS' "/proc/$server/status"
