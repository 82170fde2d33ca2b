#!/usr/bin/env bash
# Fuzzes the core with the address and undefined-behaviour sanitizers: `fuzz/run.sh [SECONDS]`, 60 by default. Needs clang (Debian: clang).
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v clang >/dev/null; then
  echo 'no clang (Debian: clang): the core was not fuzzed'
  exit 0
fi
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir "$made/corpus"
clang -std=c99 -Wall -Wextra -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all fuzz.c ../longthrow.c -o "$made/fuzz"
"$made/fuzz" -max_total_time="${1:-60}" -max_len=1024 -timeout=5 -print_final_stats=1 -artifact_prefix=./ "$made/corpus" 2>&1 | tail -n 12
