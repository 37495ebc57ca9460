#!/bin/bash
# Ends, by pid, what up.sh started (newest first). --purge deletes the cloud's state as well.
set -u
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$HERE/lib/settings.sh"
# shellcheck source=/dev/null
. "$HERE/lib/process.sh"
[ -e "$S" ] || exit 0
exec 9>"$S/lock"; flock 9
export GUEST_DIR GUEST_HOME
names=$(tac "$RUN/order" 2>/dev/null | awk '!seen[$0]++')
for n in $names; do case $n in mysql | rabbit | epmd | memcached*) ;; *) stop "$n" 5 & ;; esac; done
wait
"$GUEST_SH" stop
if [ "${1:-}" = --purge ]; then for d in "$GUEST_DIR"/*/; do [ ! -d "$d" ] || "$GUEST_SH" delete "$(basename "$d")"; done; fi
for n in rabbit epmd memcached memcached2; do stop "$n" 10; done
stop mysql 30
ip addr del "$FRONT/32" dev lo 2>/dev/null
rm -f "$RUN/order" "$REAL_HOME/env.sh" "$REAL_HOME/facts.json"
[ "${1:-}" != --purge ] || rm -rf "$S"
exit 0
