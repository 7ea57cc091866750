#!/usr/bin/env bash
# How long a search takes, as whole pages over HTTP, on the data of `seed --projects 10000` and the
# messages that the first daily turn writes. Usage: bash benches/search.sh [PROJECTS]
# DATABASE names an empty database instead of a SQLite file of its own; PROGRAM a server that is
# built already. Needs curl. Prints; asserts nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=${1:-10000}
if [ -z "${PROGRAM:-}" ]; then
    cargo build --release --locked
    PROGRAM=${CARGO_TARGET_DIR:-target}/release/grid-approvals
fi
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$folder"
}
trap finish EXIT

url=${DATABASE:-sqlite://$folder/search.sqlite?mode=rwc}
read -r name password <<<"$("$PROGRAM" seed --projects "$projects" --seed 1 --database "$url" |
    tee /dev/stderr | sed -n 's/^login: //p' | head -n 1)"
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo 18472)
RUST_LOG=grid_approvals=info "$PROGRAM" serve --port "$port" --database "$url" 2>"$folder/log" &
server=$!
until grep -q 'the daily turn has told' "$folder/log"; do sleep 0.2; done

jar=$folder/cookies
token=$(curl -fsS -c "$jar" "http://127.0.0.1:$port/login" |
    sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
curl -fsS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_csrf=$token" \
    --data-urlencode "login=$name" --data-urlencode "password=$password" \
    "http://127.0.0.1:$port/login"

for words in 样本00777 "220千伏 选址" 本溪 不存在的词 "样本0 涉路" "平山 66千伏 林业" 督办立案; do
    times=
    for _ in 1 2 3 4 5; do
        took=$(curl -fsS -b "$jar" -G --data-urlencode "q=$words" -o "$folder/page" \
            -w '%{time_total}' "http://127.0.0.1:$port/search")
        times="$times $took"
    done
    echo "$words: $times s, $(grep -c '<li class="record\|<th scope="row"' "$folder/page" || true) found"
done
