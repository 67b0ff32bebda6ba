#!/bin/sh
# Leaves what some tests need where they look for it, from Debian's packages: PostgreSQL with PostGIS, and faketime.
set -eu

have_postgis() {
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        [ -e "$control" ] && [ -x "/usr/lib/postgresql/$(echo "$control" | cut -d/ -f5)/bin/initdb" ] && return 0
    done
    return 1
}

if have_postgis && command -v faketime >/dev/null 2>&1; then
    exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
    echo "expected PostgreSQL with PostGIS, and faketime; install them with your system's package manager" >&2
    [ -z "${CI:-}" ]
    exit
fi

run=""
if [ "$(id -u)" -ne 0 ]; then
    run="sudo"
fi
echo "installing PostgreSQL with PostGIS, and faketime, for the tests" >&2
# no cluster of the system's own: the tests make one in a folder and stop it again
$run mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" | $run tee /etc/postgresql-common/createcluster.conf >/dev/null
$run apt-get update -qq
version="$(apt-cache depends postgresql | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -1)"
$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    faketime "postgresql-$version" "postgresql-$version-postgis-3" >/dev/null
