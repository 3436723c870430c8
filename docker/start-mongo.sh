#!/usr/bin/env bash
# Starts MongoDB as the image does, with the key by which members of a replica set know each other: MongoDB wants one as soon as there are
# passwords. This set has one member, so nobody else needs to know the key, and each start may make another.
set -euo pipefail

key=/tmp/replica-set-key
rm -f "$key"
(umask 077 && head -c 740 /dev/urandom | base64 --wrap=0 >"$key")
chmod 400 "$key"
chown mongodb "$key"
exec docker-entrypoint.sh "$@"
