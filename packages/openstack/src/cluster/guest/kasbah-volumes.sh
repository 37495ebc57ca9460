#!/bin/bash
# Finds the data volume, makes a file system on a blank one, mounts it and grows what was grown. Serials: the compute
# service gives a virtio disk the first 20 letters of the volume's id, a SCSI disk all of them.
set -euo pipefail
folder=/var/lib/postgresql
volume=$(python3 -c 'import json; print(json.load(open("/etc/kasbah/member.json"))["member"]["dataVolume"])')

find_device() {
  local path
  for path in "/dev/disk/by-id/virtio-${volume:0:20}" "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_$volume"; do
    if [ -b "$path" ]; then readlink -f "$path"; return 0; fi
  done
  # A container has no udev: there the order of attachment is all that tells the disks apart.
  if systemd-detect-virt --quiet --container && [ -b /dev/vdb ]; then echo /dev/vdb; return 0; fi
  return 1
}

is_blank() { # DEVICE: one that cannot be read is not blank
  local status=0
  dd if="$1" of=/dev/null bs=1M count=1 status=none || return 1
  blkid --probe "$1" >/dev/null || status=$?
  [ "$status" -eq 2 ]
}

if ! mountpoint --quiet "$folder"; then
  tries=300
  until device=$(find_device); do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then echo "volume $volume is not attached after 10 minutes" >&2; exit 1; fi
    sleep 2
  done
  if is_blank "$device"; then mkfs.ext4 -q -m 3 -L kasbah-data "$device"; fi
  mkdir -p "$folder"
  # The reserve of 3 % is for etcd: a database that fills its volume does not take the cluster's vote with it.
  mount -o "noatime,nodev,nosuid,resgid=$(getent group etcd | cut -d: -f3)" "$device" "$folder"
fi
resize2fs "$(findmnt --noheadings --output SOURCE --target "$folder")" >/dev/null 2>&1 ||
  echo "the file system on $folder could not be grown" >&2

# Another server may know the users by other numbers.
owned() { # USER FOLDER
  if [ -e "$2" ] && [ "$(stat --format %U "$2")" != "$1" ]; then chown --recursive "$1:$1" "$2"; fi
}
chown postgres:postgres "$folder"
chmod 0755 "$folder"
owned postgres "$folder/17"
owned etcd "$folder/etcd"
