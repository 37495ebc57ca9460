#!/usr/bin/env bash
# Builds the root that all guests share, once for each state of this file, and prints its folder: what a Debian 13 cloud
# image holds, as far as a container can use it, and nothing more, so that user data cannot lean on what a server lacks.
set -euo pipefail
: "${GUEST_HOME:?the folder of the base root}"
: "${GUEST_SUITE:=trixie}"
base=$GUEST_HOME/base-$(sha256sum <"$0" | cut -c1-12)
log=$GUEST_HOME/base.log
TOOLS=(systemd-container debootstrap iproute2 nftables)
# of the priorities that every image has, what matters inside a container; then what cloud images add
PACKAGES=(systemd-sysv dbus libnss-myhostname iproute2 iputils-ping netbase nftables procps e2fsprogs fdisk cron logrotate
  less tzdata cloud-init openssh-server sudo curl gpg unattended-upgrades)

missing_tools() { local t; for t in systemd-nspawn debootstrap ip nft; do command -v $t >/dev/null || echo $t; done; }
# this machine's own mirror, as apt knows it
# shellcheck disable=SC2016
mirror() { apt-get indextargets 'Created-By: Packages' --format '$(LABEL) $(REPO_URI)' | awk '$1 == "Debian" {sub("/$", "", $2); print $2; exit}'; }
within() { DEBIAN_FRONTEND=noninteractive chroot "$base" "$@" >>"$log" 2>&1; }

bootstrap() {
  [ -z "$(missing_tools)" ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${TOOLS[@]}" >"$log" 2>&1
  rm -rf "$base"; mkdir -p "$base"
  debootstrap --variant=minbase --include=ca-certificates "$GUEST_SUITE" "$base" "$(mirror)" >>"$log" 2>&1
}
as_the_host_fetches() {                                     # its authorities and its ways to the mirror, for the build only
  cp /etc/ssl/certs/ca-certificates.crt "$base/etc/ssl/certs/" 2>/dev/null || true
  { apt-config dump | grep -E '^Acquire::(http|https)::' || true; } >"$base/etc/apt/apt.conf.d/00-build"
  printf '#!/bin/sh\nexit 101\n' >"$base/usr/sbin/policy-rc.d"; chmod +x "$base/usr/sbin/policy-rc.d"
}
as_an_image_is() {
  rm -f "$base"/usr/sbin/policy-rc.d "$base"/etc/apt/apt.conf.d/00-build "$base"/etc/machine-id "$base"/etc/ssh/ssh_host_*
  rm -rf "$base"/var/lib/apt/lists/* "$base"/var/cache/apt/archives/*.deb
  within update-ca-certificates --fresh
  printf 'datasource_list: [NoCloud]\nnetwork: {config: disabled}\n' >"$base/etc/cloud/cloud.cfg.d/99-guest.cfg"
}
build() {
  bootstrap
  as_the_host_fetches
  within apt-get update -qq
  # not by debootstrap: it cannot order them
  within apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "${PACKAGES[@]}"
  as_an_image_is
  touch "$base/.complete"
}

mkdir -p "$GUEST_HOME"
exec 8>"$GUEST_HOME/.lock"; flock 8
[ -e "$base/.complete" ] || build
echo "$base"
