/** A whole backup every night. An older one goes only when a newer one is complete and its sums are written. */
export const BACKUP = `#!/bin/bash
set -euo pipefail
. /etc/kasbah/server.env
folder=/var/backups/postgresql

exec 9>/run/kasbah-backup.lock
flock --nonblock 9 || { echo "another backup is running" >&2; exit 1; }
mountpoint --quiet "$folder" || { echo "$folder is not mounted" >&2; exit 1; }

rm -rf -- "$folder"/partial-* # of a run that was cut short
stamp=$(date --utc +%Y%m%dT%H%M%SZ)
partial=$folder/partial-$stamp
trap 'rm -rf -- "$partial"' EXIT
install --directory --owner=postgres --group=postgres --mode=0700 "$partial"

cd "$partial"
runuser --user postgres -- pg_basebackup --pgdata="$partial" --format=tar --gzip --wal-method=stream \\
  --checkpoint=fast --manifest-checksums=SHA256 --no-password --label="kasbah-$stamp"
tar --create --gzip --file=kasbah.tar.gz --directory=/var/lib/postgresql kasbah
gzip --test ./*.gz
sha256sum -- ./*.gz backup_manifest >SHA256SUMS
cd /
sync --file-system "$folder"
mv -- "$partial" "$folder/base-$stamp"
trap - EXIT

cutoff=base-$(date --utc --date="$RETENTION_DAYS days ago" +%Y%m%dT%H%M%SZ)
for old in "$folder"/base-*; do
  if [[ $(basename "$old") < $cutoff ]]; then rm -rf -- "$old"; fi
done
`;

/**
 * Brings the newest whole backup back into an empty data volume: a volume that was lost is not mistaken for a new
 * database. Does nothing where a cluster is, or where no backup is.
 */
export const RESTORE = `#!/bin/bash
set -euo pipefail
data=/var/lib/postgresql/17/main
if [ -e "$data/PG_VERSION" ]; then exit 0; fi
newest=$(find /var/backups/postgresql -mindepth 1 -maxdepth 1 -type d -name 'base-*' | sort | tail -n 1)
if [ -z "$newest" ]; then exit 0; fi

echo "the data volume is empty: bringing back $newest"
cd "$newest"
sha256sum --check --quiet SHA256SUMS
rm -rf -- "$data.partial"
install --directory --owner=postgres --group=postgres --mode=0755 /var/lib/postgresql/17
install --directory --owner=postgres --group=postgres --mode=0700 "$data.partial"
tar --extract --gzip --same-owner --file=base.tar.gz --directory="$data.partial"
tar --extract --gzip --same-owner --file=pg_wal.tar.gz --directory="$data.partial/pg_wal"
chown --recursive postgres:postgres "$data.partial"
tar --extract --gzip --same-owner --file=kasbah.tar.gz --directory=/var/lib/postgresql
sync
mv -- "$data.partial" "$data"
`;
