# Two sites of swift under one identity service: each its own processes, ports, rings and data.
SITES="1 2"
site() {                                                    # site NUMBER: its names and ports, in variables
  local more=$(( ($1 - 1) * 1000 ))
  NAME=swift$1 DIR=$ETC/swift$1 DEVICES=$S/data/swift$1
  P_PROXY=$((P_SWIFT + more)) P_A=$((P_ACCOUNT + more)) P_C=$((P_CONTAINER + more)) P_O=$((P_OBJECT + more)) P_M=$((P_MC + more))
  if [ "$1" = 1 ]; then SITE_REGION=$REGION; else SITE_REGION=$REGION2; fi
}
proxy_conf() { cat <<C
[DEFAULT]
bind_ip = $IP
bind_port = $P_PROXY
workers = 0
user = root
swift_dir = $DIR
log_name = proxy
log_address = /dev/null
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk tempurl authtoken s3api s3token keystoneauth copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
$(authtoken object-store)
delay_auth_decision = True
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member, swiftoperator
[filter:cache]
use = egg:swift#memcache
memcache_servers = $IP:$P_M
[filter:s3token]
use = egg:swift#s3token
auth_uri = $AUTH
$(auth_body)
delay_auth_decision = True
[filter:s3api]
use = egg:swift#s3api
location = $SITE_REGION
$(for f in catch_errors gatekeeper healthcheck listing_formats bulk tempurl copy slo dlo symlink; do printf '[filter:%s]\nuse = egg:swift#%s\n' $f $f; done)
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
allow_object_versioning = true
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
C
}
storage_conf() { cat <<C
[DEFAULT]
bind_ip = $IP
bind_port = $2
workers = 0
user = root
swift_dir = $DIR
devices = $DEVICES
mount_check = false
log_name = $1
log_address = /dev/null
fallocate_reserve = 0
disable_fallocate = true
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
C
}
configure_swift() {
  local n
  for n in $SITES; do
    site "$n"
    put "$NAME/swift.conf" <<C
[swift-hash]
swift_hash_path_suffix = $NAME
[storage-policy:0]
name = Policy-0
default = yes
C
    proxy_conf | put "$NAME/proxy-server.conf"
    storage_conf account "$P_A" | put "$NAME/account-server.conf"
    storage_conf container "$P_C" | put "$NAME/container-server.conf"
    storage_conf object "$P_O" | put "$NAME/object-server.conf"
  done
}
ring() {                                                    # ring KIND PORT
  local b; b=$(bin swift-ring-builder)
  cd "$DIR" || return; rm -f "$1.builder" "$1.ring.gz"
  run "$b" "$1.builder" create 4 1 1
  run "$b" "$1.builder" add --region 1 --zone 1 --ip "$IP" --port "$2" --device d1 --weight 1
  run "$b" "$1.builder" rebalance || [ -s "$1.ring.gz" ]   # it warns by its exit code
  cd /
}
rings() {
  local n
  for n in $SITES; do
    site "$n"; mkdir -p "$DEVICES/d1"
    ring account "$P_A"; ring container "$P_C"; ring object "$P_O"
  done >"$LOG/rings.log" 2>&1
}
start_swift() {
  local n k
  for n in $SITES; do
    site "$n"
    # a cache of its own: its keys name accounts and containers, which both sites have under the same names
    [ "$n" = 1 ] || start "memcached$n" memcached -u root -l "$IP" -p "$P_M" -m 32 -U 0
    for k in account container object proxy; do start "$NAME-$k" env LAB_SWIFT_DIR="$DIR" "${LAUNCH[@]}" "$(bin swift-$k-server)" "$DIR/$k-server.conf"; done
  done
}
wait_swift() { local n; for n in $SITES; do site "$n"; wait_http "$NAME-proxy" "$P_PROXY" /healthcheck; done; }
