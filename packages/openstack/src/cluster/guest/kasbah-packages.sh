#!/bin/bash
# Packages of the declared mirrors, tried again until they are there. Nothing is started here: the agent does.
set -euo pipefail
packages=(ca-certificates e2fsprogs etcd-client etcd-server patroni pgbackrest pgbouncer postgresql-17
  postgresql-17-pgvector python3-cryptography python3-dnspython python3-etcd python3-psycopg2 unattended-upgrades)

installed() {
  dpkg-query --show --showformat '${db:Status-Abbrev}\n' "${packages[@]}" 2>/dev/null | grep --count '^ii' || true
}

policy=/usr/sbin/policy-rc.d
if [ "$(installed)" -lt "${#packages[@]}" ]; then
  export DEBIAN_FRONTEND=noninteractive
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  dpkg --configure --pending
  apt-get --quiet=2 --option=Acquire::Retries=3 update
  apt-get --yes --quiet=2 --no-install-recommends --option=Dpkg::Options::=--force-confold --option=Dpkg::Options::=--force-unsafe-io \
    --option=DPkg::Lock::Timeout=600 --option=Acquire::Retries=3 install "${packages[@]}"
  systemctl disable pgbouncer.service
fi
rm -f "$policy"
usermod --append --groups ssl-cert etcd
