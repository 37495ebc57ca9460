#!/usr/bin/env bash
# Virtual machines for tests on a machine without KVM: each guest is a whole Debian 13 with its own systemd, cloud-init,
# network address and disk, booted by systemd-nspawn. What the cloud would hand to a server (user data, host name, address)
# is handed to it in cloud-init's NoCloud form, so that user data is run by the program that would really run it.
#
#   guest.sh base                       build the base root once (base.sh: a minute, 0.4 GB); its folder
#   guest.sh start NAME ADDRESS [FILE]  boot a guest at ADDRESS (of $GUEST_NET) with user data FILE
#   guest.sh wait NAME                  until cloud-init has finished; its exit code
#   guest.sh exec NAME COMMAND...       run a command inside
#   guest.sh cut NAME | heal NAME       pull its network cables, put them back
#   guest.sh kill NAME                  pull the plug (SIGKILL to all of it)
#   guest.sh stop NAME | stop           power off one, or all
#   guest.sh delete NAME                pull the plug and delete its disk
#   guest.sh purge                      stop all and delete everything
#
# For a program that defines guests itself (the OpenStack lab's compute driver): a guest is the folder $GUEST_DIR/NAME with
#   seed/          cloud-init's NoCloud files: user-data, meta-data
#   nics           a line each: DEV BRIDGE MAC HOST; HOST: this machine's ADDRESS/PREFIX,... on the bridge, or -
#   DEV.network    systemd.network file of that interface
#   resolv         its resolv.conf, if any
#   firewall.nft   nftables script for its network namespace, if any
#   disks          a line each: DEV FILE; block device /dev/DEV of the guest, with FILE's bytes
#   guest.sh boot NAME                  boot it, if it does not run; console in console.log
#   guest.sh running NAME               does it?
#   guest.sh nic|unnic NAME DEV BRIDGE MAC HOST; disk|undisk NAME DEV FILE      attach, detach while it runs
set -euo pipefail
: "${GUEST_HOME:=${XDG_CACHE_HOME:-$HOME/.cache}/kasbah/real/guests}" # the base root
: "${GUEST_DIR:=$GUEST_HOME/alone}"                            # the guests
: "${GUEST_FRONT:=198.18.0.1}"                                 # the one address outside that they reach
: "${GUEST_NET:=198.18.7}"                                     # /24, of the range kept for tests (RFC 2544)
: "${GUEST_SUITE:=trixie}"
: "${GUEST_BRIDGE:=lab-alone}"                                # firewall() knows lab-*

base() { GUEST_HOME=$GUEST_HOME GUEST_SUITE=$GUEST_SUITE "$(dirname "$(realpath "$0")")/base.sh"; }

# --- network: one bridge per network, this machine at its gateway's address -------------------------------------------
locked() { (flock 8; "$@") 8>"$GUEST_DIR/.lock"; }
firewall() {                                             # guests reach the lab's front and each other, and nothing else
  nft list table ip kasbah-guests >/dev/null 2>&1 || nft -f - <<E
table ip kasbah-guests {
  set same { type ifname . ifname; }
  chain forward {
    type filter hook forward priority 0
    iifname . oifname @same accept
    iifname "lab-*" meta l4proto tcp reject with tcp reset
    iifname "lab-*" reject with icmp type admin-prohibited
    oifname "lab-*" drop
  }
  chain input {
    type filter hook input priority 0
    iifname != "lab-*" accept
    ct state established,related accept
    ip daddr $GUEST_FRONT tcp dport 20000-29999 accept
    icmp type echo-request accept
    meta l4proto tcp reject with tcp reset
    reject with icmp type admin-prohibited
  }
}
E
}
bridge_up() {                                            # bridge_up BRIDGE HOST
  local address route
  ip link show "$1" >/dev/null 2>&1 || { ip link add "$1" type bridge; ip link set "$1" up; }
  echo 1 >/proc/sys/net/ipv4/ip_forward                  # only so that what is not allowed is refused at once
  firewall
  nft add element ip kasbah-guests same "{ $1 . $1 }"    # where br_netfilter is loaded, bridged frames come by here too
  [ "$2" = - ] || for address in ${2//,/ }; do
    ip -4 -o addr show dev "$1" | grep -qF " $address " && continue
    route=$(ip -4 -o route get "${address%/*}" 2>/dev/null || true)
    [[ -z $route || $route == *" via "* ]] || { echo "$address is in use on this machine: $route" >&2; return 1; }
    ip addr add "$address" dev "$1"
  done
}
bridge_down() {                                          # bridge_down BRIDGE: if nothing is on it
  [ -d "/sys/class/net/$1/brif" ] && [ -z "$(ls "/sys/class/net/$1/brif")" ] || return 0
  ip link del "$1"; nft delete element ip kasbah-guests same "{ $1 . $1 }" 2>/dev/null || true
  compgen -G '/sys/class/net/lab-*' >/dev/null || nft delete table ip kasbah-guests 2>/dev/null || true
}
plug() {                                                 # under the lock: a bridge without ports is taken down
  local port=g${4//:/}
  bridge_up "$3" "$5"
  ip link add "$port" type veth peer name "$2" address "$4" netns "guest-$1"
  ip link set "$port" master "$3" up
}
nic() {                                                  # nic NAME DEV BRIDGE MAC HOST
  cp "$GUEST_DIR/$1/$2.network" "$GUEST_DIR/$1/root/etc/systemd/network/10-$2.network"
  ! running "$1" || inside "$1" networkctl reload
  locked plug "$@"
}
unnic() {
  ip link del "g${4//:/}" 2>/dev/null || true
  rm -f "$GUEST_DIR/$1/root/etc/systemd/network/10-$2.network"
  locked bridge_down "$3"
}

cables() { local dev bridge mac host; while read -r dev bridge mac host; do ip link set "g${mac//:/}" "$2"; done <"$GUEST_DIR/$1/nics"; }

# --- disks: loop devices ------------------------------------------------------------------------------------------------
loop() { local l; l=$(losetup -j "$1" -n -O NAME | head -1); [ -n "$l" ] || l=$(losetup -f --show "$1"); echo "$l"; }
serial() { basename "$1" | cut -c1-20; }                # as virtio shows a volume's id
disk() {
  local numbers; numbers=$(lsblk -dno MAJ:MIN "$(loop "$3")" | tr -d ' ')
  nsenter -t "$(leader "$1")" -m sh -c "mknod /dev/$2 b ${numbers/:/ }; mkdir -p /dev/disk/by-id; ln -sf ../../$2 /dev/disk/by-id/virtio-$(serial "$3")"
}
by_id() {                                                # what udev would do at the boot, in a guest that has none
  local dev file
  while read -r dev file; do printf 'L+ /dev/disk/by-id/virtio-%s - - - - ../../%s\n' "$(serial "$file")" "$dev"; done \
    <"$GUEST_DIR/$1/disks" >"$GUEST_DIR/$1/root/etc/tmpfiles.d/lab-disks.conf"
}
undisk() {
  # there since the boot: it is a mount
  ! running "$1" || inside "$1" sh -c "! grep -q ' /dev/$2 ' /proc/self/mountinfo || umount /dev/$2; rm -f /dev/$2 /dev/disk/by-id/virtio-$(serial "$3")"
  losetup -j "$3" -n -O NAME | xargs -r losetup -d
}

# --- life ---------------------------------------------------------------------------------------------------------------
start() {
  local dir=$GUEST_DIR/$1
  mkdir -p "$dir/seed"
  printf 'instance-id: %s\nlocal-hostname: %s\n' "$1" "$1" >"$dir/seed/meta-data"
  if [ -n "${3:-}" ]; then cp "$3" "$dir/seed/user-data"; else echo '#cloud-config' >"$dir/seed/user-data"; fi
  # shellcheck disable=SC2086
  printf 'eth0 %s 02:00:%02x:%02x:%02x:%02x %s.1/24\n' "$GUEST_BRIDGE" ${2//./ } "$GUEST_NET" >"$dir/nics"
  printf '[Match]\nName=eth0\n[Network]\nAddress=%s/24\nGateway=%s.1\n' "$2" "$GUEST_NET" >"$dir/eth0.network"
  : >"$dir/disks"
  boot "$1"
}

boot() {
  local name=$1 dir=$GUEST_DIR/$1 dev bridge mac host
  running "$name" && return
  plug_out "$name"
  mkdir -p "$dir"/{upper,work,root}
  mountpoint -q "$dir/root" || mount -t overlay overlay -o "lowerdir=$(base),upperdir=$dir/upper,workdir=$dir/work" "$dir/root"
  local seed=$dir/root/var/lib/cloud/seed/nocloud
  mkdir -p "$seed" "$dir/root/etc/systemd/network"
  cp "$dir"/seed/* "$seed/"
  rm -f "$dir/root/etc/resolv.conf"; cat "$dir/resolv" >"$dir/root/etc/resolv.conf" 2>/dev/null || true
  rm -f "$dir"/root/etc/systemd/network/10-eth*.network
  ip netns add "guest-$name"                             # ours, so that it outlives a reboot from inside
  [ ! -e "$dir/firewall.nft" ] || nsenter --net="/run/netns/guest-$name" nft -f "$dir/firewall.nft"
  while read -r dev bridge mac host; do nic "$name" "$dev" "$bridge" "$mac" "$host"; done <"$dir/nics"
  setsid "$(realpath "$0")" power "$name" >>"$dir/console.log" 2>&1 </dev/null &
  echo $! >"$dir/pid"; disown
  for _ in $(seq 100); do [ "$(cat "/proc/$(leader "$name")/comm" 2>/dev/null)" = systemd ] && return; sleep 0.1; done
  tail -3 "$dir/console.log" >&2; return 1
}
power() {                                                # in the background, from boot to power off
  local dev file args rc=133 cgroup
  # a control group of its own: in a shared one systemd would wait for the services of other guests to end
  for cgroup in /sys/fs/cgroup/{unified,systemd,}; do
    [ ! -e "$cgroup/cgroup.procs" ] || { mkdir -p "$cgroup/guest-$1"; echo $$ >"$cgroup/guest-$1/cgroup.procs"; }
  done
  while [ $rc = 133 ]; do                                # it rebooted
    by_id "$1"; args=(); while read -r dev file; do args+=(--bind="$(loop "$file"):/dev/$dev"); done <"$GUEST_DIR/$1/disks"
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 UNIFIED_CGROUP_HIERARCHY=1 nsenter --net="/run/netns/guest-$1" systemd-nspawn -q -D "$GUEST_DIR/$1/root" --machine="$1" --register=no --keep-unit \
      --resolv-conf=off --capability=CAP_NET_ADMIN "${args[@]}" -b && rc=0 || rc=$?
  done
  for cgroup in /sys/fs/cgroup/{unified,systemd,}; do
    [ ! -d "$cgroup/guest-$1" ] || { echo $$ >"$cgroup/cgroup.procs"; find "$cgroup/guest-$1" -depth -type d -exec rmdir {} + || true; }
  done
  plug_out "$1"
}
plug_out() {                                             # what a guest has outside: interfaces, loop devices
  local dir=$GUEST_DIR/$1 dev bridge mac host file
  [ ! -e "$dir/disks" ] || while read -r dev file; do losetup -j "$file" -n -O NAME | xargs -r losetup -d; done <"$dir/disks"
  [ ! -e "$dir/nics" ] || while read -r dev bridge mac host; do unnic "$1" "$dev" "$bridge" "$mac"; done <"$dir/nics"
  ip netns del "guest-$1" 2>/dev/null || true
  rm -f "$dir/pid"
}

running() { local pid; pid=$(cat "$GUEST_DIR/$1/pid" 2>/dev/null) && grep -qzx -- "$1" "/proc/$pid/cmdline" 2>/dev/null; }
leader() { local pid; pid=$(cat "$GUEST_DIR/$1/pid" 2>/dev/null) && pid=$(pgrep -P "$pid" -f systemd-nspawn) && pgrep -P "$pid" | head -1 | grep .; }
inside() { local name=$1; shift; nsenter -t "$(leader "$name")" -a "$@"; }
gone() { for _ in $(seq "$2"); do running "$1" || return 0; sleep 0.1; done; return 1; }

stop_one() {
  running "$1" || return 0
  inside "$1" systemctl poweroff >/dev/null 2>&1 || true
  gone "$1" 200 || kill_one "$1"
}
kill_one() {
  running "$1" || return 0
  kill -KILL "$(leader "$1")" || true
  gone "$1" 50 || { kill -KILL -- "-$(cat "$GUEST_DIR/$1/pid")"; plug_out "$1"; }
}
delete() {
  kill_one "$1"; plug_out "$1"
  ! mountpoint -q "$GUEST_DIR/$1/root" || umount "$GUEST_DIR/$1/root" || umount -l "$GUEST_DIR/$1/root"
  rm -rf "${GUEST_DIR:?}/$1"
}
each() { local d; for d in "$GUEST_DIR"/*/; do [ ! -d "$d" ] || "$1" "$(basename "$d")"; done; }

mkdir -p "$GUEST_DIR"
case ${1:-} in
  base | boot | power | start | running | nic | unnic | disk | undisk | delete) "$@" ;;
  wait) inside "$2" cloud-init status --wait >/dev/null ;;
  exec) shift; inside "$@" ;;
  cut) cables "$2" down ;;
  heal) cables "$2" up ;;
  kill) kill_one "$2" ;;
  stop) if [ -n "${2:-}" ]; then stop_one "$2"; else each stop_one; fi ;;
  purge) each stop_one; each delete; rm -rf "$GUEST_HOME" "$GUEST_DIR" ;;
  *) sed -n '2,/^set/{/^#/p}' "$0"; exit 2 ;;
esac
