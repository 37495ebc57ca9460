#!/bin/bash
# A real, small OpenStack (Debian bookworm's packages, Zed) on one machine: real services, database, queue, scheduler,
# quotas and policies; servers are guests of guest.sh. No systemd, no docker, no hypervisor, no agents. Run as root; safe
# to run again: it starts what does not run. `down.sh` stops it. Settings and ports: lib/settings.sh.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
for part in "$HERE"/lib/{settings,packages,process,infra,common,identity,image,compute,network,volume,object,keys,balancer,front,mirror,answers}.sh; do
  # shellcheck source=/dev/null
  . "$part"
done
trap 'say "FAILED at line $LINENO"' ERR
umask 022
anew_if_changed
folders
exec 9>"$S/lock"; flock 9

SERVICES="placement nova neutron glance cinder barbican swift octavia"
packages
guests_base 9>&- & base=$!                             # two minutes of another kind of work, beside ours
for p in keystone $SERVICES front mirror; do [ "$p" = front ] || "configure_$p"; done
once certificates certificates 2>>"$LOG/front.log"
configure_front; start_front; start_mirror
infra
BASE_JOBS=$(jobs -rp | wc -l)
once databases databases
once rings rings
schema keystone
start_keystone
once seed-identity seed identity
schema nova neutron cinder glance placement barbican octavia
once seed-catalog seed catalog
for p in $SERVICES; do "start_$p"; done
wait "$base" || die "base root of the guests, see $GUEST_HOME/base.log"
start_hosts
for p in nova neutron glance cinder barbican swift octavia front mirror; do "wait_$p"; done
say "all APIs answer"
once discover discover
once seed-resources seed resources
answers
say "ready: . $REAL_HOME/env.sh"
