/**
 * From a server with packages to a database, at every boot the same: what is there is left alone. The reference of the
 * password that was set is the role's comment, so it comes back with a backup, and a server that is made anew needs no
 * password as long as its data volume lives: an expired credential does no harm then.
 */
export const BOOTSTRAP = `#!/bin/bash
set -euo pipefail
. /etc/kasbah/server.env
cluster=/etc/postgresql/17/main
data=/var/lib/postgresql/17/main

/usr/local/sbin/kasbah-volumes
/usr/local/sbin/kasbah-restore
if [ ! -e "$cluster/postgresql.conf" ]; then
  # The configuration lies on the server's own disk. For data that is there already it is made beside an empty cluster,
  # in memory, so that nothing that is cut short here can start on the empty one.
  place=$data
  if [ -e "$data/PG_VERSION" ]; then place=/run/kasbah-empty; fi
  rm -rf /run/kasbah-empty
  pg_createcluster --datadir="$place" 17 main -- --data-checksums --encoding=UTF8 --locale=C.UTF-8 \\
    --auth-local=peer --auth-host=scram-sha-256
fi
pg_conftool 17 main set data_directory "$data"
rm -rf /run/kasbah-empty
/usr/local/sbin/kasbah-tls
install --owner=root --group=postgres --mode=0640 /etc/kasbah/pg_hba.conf "$cluster/pg_hba.conf"
install --owner=root --group=root --mode=0644 /etc/kasbah/postgresql.conf "$cluster/conf.d/kasbah.conf"
systemctl start postgresql@17-main.service

cd /
tries=600
until runuser --user postgres -- pg_isready --quiet; do
  tries=$((tries - 1))
  if [ "$tries" -le 0 ]; then echo "PostgreSQL does not answer" >&2; exit 1; fi
  sleep 1
done
sql() { runuser --user postgres -- psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"; }

comment=$(sql --command="SELECT shobj_description(oid, 'pg_authid') FROM pg_authid WHERE rolname = 'kasbah'")
if [ "$comment" != "$PASSWORD_REF" ]; then
  verifier=$(/usr/local/sbin/kasbah-verifier)
  {
    printf "\\\\set verifier '%s'\\n\\\\set reference '%s'\\n" "$verifier" "$PASSWORD_REF"
    cat /etc/kasbah/administrator.sql
  } | sql
fi
sql --set=database="$DATABASE" --file=/etc/kasbah/database.sql
rm -f /etc/kasbah/bootstrap.json
`;

/** The administrator owns the database and may make roles; it is no superuser. Its password is set as a verifier. */
export const ADMINISTRATOR_SQL = `BEGIN;
SELECT 'CREATE ROLE kasbah LOGIN CREATEROLE' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kasbah') \\gexec
ALTER ROLE kasbah PASSWORD :'verifier';
COMMENT ON ROLE kasbah IS :'reference';
COMMIT;
`;

export const DATABASE_SQL = `SELECT format('CREATE DATABASE %I OWNER kasbah', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'database') \\gexec
\\connect :"database"
CREATE EXTENSION IF NOT EXISTS vector;
`;
