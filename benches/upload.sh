#!/usr/bin/env bash
# What files of 50 MB cost the server: peak memory (VmHWM) before and after several at once are
# handed in and downloaded again. Usage: bash benches/upload.sh [AT_ONCE [ROUNDS]]
# PROGRAM names a server that is built already; else a release one is built. Needs curl.
# Prints; asserts nothing but that every file arrives as it was sent.
set -euo pipefail
cd "$(dirname "$0")/.."
at_once=${1:-4}
rounds=${2:-3}
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

url="sqlite://$folder/upload.sqlite?mode=rwc"
password=$("$program" seed --projects 20 --seed 1 --database "$url" | sed -n 's/^login: [^ ]* //p' | head -n 1)
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo 18472)
RUST_LOG=warn "$program" serve --port "$port" --database "$url" &
server=$!
site=http://127.0.0.1:$port
until curl -fsS "$site/health" >/dev/null 2>&1; do sleep 0.1; done

jar=$folder/cookies
token() { sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }
first=$(curl -fsS -c "$jar" "$site/login" | token)
curl -fsS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_csrf=$first" \
    --data-urlencode "login=gongdian" --data-urlencode "password=$password" "$site/login"

# A step whose list is open: its first entry takes the files.
action=
for step in $(seq 1 60); do
    page=$(curl -fsS -b "$jar" "$site/filings/$step" 2>/dev/null || true)
    action=$(sed -n 's/.*action="\(\/filings\/[0-9]*\/materials\/[a-z-]*\)#.*/\1/p' <<<"$page" | head -n 1)
    [ -z "$action" ] || break
done
[ -n "$action" ] || { echo "no step takes files: not measured" >&2; exit 1; }
csrf=$(token <<<"$page")

memory() { awk '/VmHWM|VmRSS/ { printf "%s %.1f MB  ", $1, $2 / 1024 } END { print "" }' "/proc/$server/status"; }
size=$((50 * 1024 * 1024))
for n in $(seq 1 "$at_once"); do
    { printf '%%PDF-1.7\n'; head -c $((size - 9)) /dev/urandom; } >"$folder/$n.pdf"
done
echo "$at_once files of $size bytes at once, $rounds rounds, to $action"
echo "before:          $(memory)"
for round in $(seq 1 "$rounds"); do
    began=$(date +%s%N)
    waits=()
    for n in $(seq 1 "$at_once"); do
        curl -fsS -o /dev/null -w '%{http_code}\n' -b "$jar" -H 'Expect:' \
            -F "_csrf=$csrf" -F "file=@$folder/$n.pdf;type=application/pdf" "$site$action" >"$folder/$n.status" &
        waits+=($!)
    done
    for one in "${waits[@]}"; do wait "$one"; done
    took=$(( ($(date +%s%N) - began) / 1000000 ))
    for n in $(seq 1 "$at_once"); do
        [ "$(cat "$folder/$n.status")" = 303 ] || { echo "answered $(cat "$folder/$n.status")" >&2; exit 1; }
    done
    echo "after upload $round:  $(memory) $took ms, $(( at_once * size * 1000 / 1048576 / took )) MB/s"
done

page=$(curl -fsS -b "$jar" "$site${action%%/materials/*}")
sha256sum "$folder"/*.pdf | cut -d ' ' -f 1 | sort >"$folder/sent"
began=$(date +%s%N)
waits=()
for file in $(grep -o '/files/[0-9]*' <<<"$page" | sort -u); do
    { curl -fsS -b "$jar" "$site$file" | sha256sum | cut -d ' ' -f 1 >"$folder/got-${file##*/}"; } &
    waits+=($!)
done
for one in "${waits[@]}"; do wait "$one"; done
took=$(( ($(date +%s%N) - began) / 1000000 ))
echo "after download:  $(memory) $took ms for ${#waits[@]} files"
sort -u "$folder"/got-* | cmp - "$folder/sent" && echo "every file came back as it was sent"
