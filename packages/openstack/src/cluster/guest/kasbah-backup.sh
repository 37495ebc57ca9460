#!/bin/bash
# A backup of kind $1 to every vault, after the vault has shown that it takes and gives back a segment of the log.
set -euo pipefail
configuration=/etc/pgbackrest/pgbackrest.conf
stanza=$(sed -n 's/^\[\(.*\)\]$/\1/p' "$configuration" | grep -vx global)
pgbackrest --stanza="$stanza" stanza-create
pgbackrest --stanza="$stanza" check
sed -n 's/^repo\([0-9]*\)-type=.*/\1/p' "$configuration" | while read -r number; do
  pgbackrest --stanza="$stanza" --repo="$number" --type="$1" backup </dev/null
done
