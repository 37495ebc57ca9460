#!/bin/bash
# The pooler answers on the member that leads and nowhere else: it tells its clients what the server said when it first
# connected, and after a takeover that would be what was true before.
set -euo pipefail
role() { cat /run/kasbah/role 2>/dev/null || true; }
writable() { [ "$(runuser -u postgres -- psql -XAtqc 'SELECT pg_is_in_recovery()' postgres 2>/dev/null || true)" = f ]; }

seen=none
until [ "$seen" = "$(role)" ]; do
  seen=$(role)
  if [ "$seen" = primary ]; then
    tries=60
    until writable || [ "$tries" -le 0 ] || [ "$(role)" != primary ]; do tries=$((tries - 1)); sleep 0.5; done
    if [ "$(role)" = primary ]; then systemctl start pgbouncer.service; fi
  else
    systemctl stop pgbouncer.service
  fi
done
