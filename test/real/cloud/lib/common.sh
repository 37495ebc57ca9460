# What the configuration files of the services have in common. They talk to each other over the internal endpoints.
auth_body() { cat <<E
auth_type = password
auth_url = $AUTH
username = lab-service
password = $PW
project_name = service
user_domain_name = Default
project_domain_name = Default
region_name = $REGION
E
}
auth() { local s; for s; do echo "[$s]"; auth_body; echo "valid_interfaces = internal"; done; }
authtoken() {                                               # authtoken SERVICE-TYPE: without it, access rules refuse everything
  auth_body
  cat <<E
www_authenticate_uri = $PUBLIC_AUTH
memcached_servers = $IP:$P_MC
service_type = $1
service_token_roles = service
service_token_roles_required = true
interface = internal
E
}
common() { cat <<E
[DEFAULT]
transport_url = $MQ
state_path = $S/data/$1
debug = false
use_stderr = true
bind_host = $IP
host = lab
[database]
connection = $(dburl "$1")
max_pool_size = 5
max_overflow = 40
[oslo_messaging_rabbit]
heartbeat_in_pthread = ${3:-false}
[oslo_concurrency]
lock_path = $S/data/$1/lock
[oslo_policy]
enforce_scope = false
[oslo_middleware]
enable_proxy_headers_parsing = true
[keystone_authtoken]
$(authtoken "$2")
E
}
folders() {
  local p
  mkdir -p "$ROOT" "$ETC" "$LOG" "$RUN" "$DONE" "$S/home" "$S/data" "$GUEST_DIR"
  for p in keystone glance placement nova neutron cinder barbican octavia; do
    mkdir -p "$ETC/$p" "$S/data/$p/lock"; ln -sfn "$ETC/$p" "$S/home/.$p"
  done
}
