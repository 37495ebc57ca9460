#!/bin/bash
# Patroni's first start of a cluster, on one member: a new database, or the last backup if the vault has one. A vault that
# does not answer, or that knows a database without a backup, is no reason for a new database. /etc/kasbah/restore is
# there on a copy of another cluster: it begins with that one's backup or not at all; in it stands the moment, if any.
set -euo pipefail
data=/var/lib/postgresql/17/main
configuration=/etc/pgbackrest/pgbackrest.conf
touch /var/lib/postgresql/beginning

fresh() {
  /usr/lib/postgresql/17/bin/initdb --pgdata="$data" --username=postgres --auth=peer --data-checksums \
    --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-instructions
}

restore() { # STANZA
  local wanted=() target
  target=$(cat /etc/kasbah/restore 2>/dev/null || true)
  if [ -n "$target" ]; then wanted=(--type=time "--target=$target" --target-action=promote); fi
  echo "bringing back the backup of $1${target:+ as it was at $target}"
  pgbackrest --stanza="$1" --process-max="$(nproc)" "${wanted[@]}" restore
}

if [ ! -e "$configuration" ]; then fresh; exit 0; fi
stanza=$(sed -n 's/^\[\(.*\)\]$/\1/p' "$configuration" | grep -vx global)
code=$(pgbackrest --stanza="$stanza" --repo=1 --output=json info |
  python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["status"]["code"])')
case $code in
  0) restore "$stanza" ;;
  1) if [ -e /etc/kasbah/restore ]; then echo "the vault has no database $stanza" >&2; exit 1; else fresh; fi ;;
  *) echo "the vault is neither empty nor does it have a backup (state $code): not beginning anew" >&2; exit 1 ;;
esac
