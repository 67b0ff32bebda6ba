#!/bin/sh
# Leaves a Chromium where the tests look for one: installs Debian's package where none is found.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "expected Chromium for the browser tests; install it with your system's package manager" >&2
    [ -z "${CI:-}" ]
    exit
fi

run=""
if [ "$(id -u)" -ne 0 ]; then
    run="sudo"
fi
echo "installing Chromium for the browser tests" >&2
$run apt-get update -qq
$run apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
