# What the lab needs of Debian. Sourced by up.sh.
INSTALL="mariadb-server-core mariadb-client-core rabbitmq-server memcached uwsgi-core uwsgi-plugin-python3
 openssl curl haproxy apt-cacher-ng systemd-container debootstrap iproute2 nftables procps util-linux
 python3-openstackclient python3-osc-placement python3-barbicanclient python3-swiftclient python3-octaviaclient
 python3-keystone python3-glance python3-placement python3-nova python3-neutron python3-cinder python3-swift
 python3-barbican python3-octavia"
# Only unpacked, never installed: their commands and paste files, without their users, init scripts, cron jobs, questions.
UNPACK="glance-common glance-api nova-common nova-api nova-scheduler nova-conductor nova-compute
 neutron-common cinder-common cinder-scheduler cinder-volume swift-proxy swift-account
 swift-container swift-object swift barbican-common"

refresh_lists() {                                           # an image of a CI machine often comes without
  # shellcheck disable=SC2016
  [ -n "$(apt-get indextargets 'Created-By: Packages' --format '$(FILENAME)' | xargs -r ls 2>/dev/null | head -1)" ] && return
  apt-get update -qq >"$LOG/apt-update.log" 2>&1 9>&- || die "apt-get update, see $LOG/apt-update.log"
}
install_packages() {
  local missing=() p
  for p in $INSTALL; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -ne 0 ] || return 0
  say "installing ${#missing[@]} packages and what they need"
  # nothing that is installed may start itself
  [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o Dpkg::Options::=--force-unsafe-io -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 \
    "${missing[@]}" >"$LOG/apt.log" 2>&1 9>&- || die "apt-get, see $LOG/apt.log"
}
unpack() {
  local p f want=()
  mkdir -p "$S/debs"; cd "$S/debs" || return
  for p in $UNPACK; do [ -e "$DONE/unpack-$p" ] || want+=("$p"); done
  if [ ${#want[@]} -ne 0 ]; then
    apt-get download -o APT::Sandbox::User=root "${want[@]}" >"$LOG/unpack.log" 2>&1 9>&- || die "apt-get download, see $LOG/unpack.log"
    for p in "${want[@]}"; do for f in "${p}"_*.deb; do dpkg -x "$f" "$ROOT"; done; touch "$DONE/unpack-$p"; done
  fi
  cd /
}
packages() { refresh_lists; install_packages; say "packages present"; unpack; say "daemons unpacked"; }
