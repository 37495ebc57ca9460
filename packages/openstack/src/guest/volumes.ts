/**
 * Finds the two volumes, makes a file system on one that is blank, mounts them and grows what was grown.
 * Serials: the compute service gives a virtio disk the first 20 letters of the volume's id, a SCSI disk all of them.
 */
export const VOLUMES = `#!/bin/bash
set -euo pipefail
. /etc/kasbah/server.env

find_device() { # ID NAME
  local path
  for path in "/dev/disk/by-id/virtio-$(cut -c1-20 <<<"$1")" "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_$1"; do
    if [ -b "$path" ]; then readlink -f "$path"; return 0; fi
  done
  # A container has no udev: there the order of attachment is all that tells the disks apart.
  if systemd-detect-virt --quiet --container && [ -b "$2" ]; then echo "$2"; return 0; fi
  return 1
}

is_blank() { # DEVICE: one that cannot be read is not blank
  local status=0
  dd if="$1" of=/dev/null bs=1M count=1 status=none || return 1
  blkid --probe "$1" >/dev/null || status=$?
  [ "$status" -eq 2 ]
}

provide() { # ID NAME LABEL FOLDER MODE
  local device="" tries=300
  if ! mountpoint --quiet "$4"; then
    until device=$(find_device "$1" "$2"); do
      tries=$((tries - 1))
      if [ "$tries" -le 0 ]; then echo "volume $1 is not attached after 10 minutes" >&2; return 1; fi
      sleep 2
    done
    if is_blank "$device"; then mkfs.ext4 -q -L "$3" "$device"; fi
    mkdir -p "$4"
    mount -o noatime,nodev,nosuid "$device" "$4"
  fi
  device=$(findmnt --noheadings --output SOURCE --target "$4")
  resize2fs "$device" >/dev/null 2>&1 || echo "the file system on $device could not be grown" >&2
  # Another server may know the user postgres by another number.
  if [ "$(stat --format %U "$4")" != postgres ]; then chown --recursive postgres:postgres "$4"; fi
  chmod "$5" "$4"
}

provide "$DATA_VOLUME" /dev/vdb kasbah-data /var/lib/postgresql 0755
provide "$BACKUP_VOLUME" /dev/vdc kasbah-backup /var/backups/postgresql 0700
`;
