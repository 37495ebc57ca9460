# cinder: a backend in each zone, under nova's zone names, so a volume in zone-2 is a volume in zone-2.
backends() {
  local zone
  for zone in $ZONES; do printf '[%s]\nvolume_driver = lab_plugins.cinder_file.FileDriver\nvolume_backend_name = files\nbackend_availability_zone = %s\n' "$zone" "$zone"; done
}
configure_cinder() {
  { common cinder volumev3; cat <<C
[DEFAULT]
my_ip = $IP
osapi_volume_listen = $IP
osapi_volume_listen_port = $P_CINDER
api_paste_config = $ROOT/usr/share/cinder-common/api-paste.ini
auth_strategy = keystone
enabled_backends = ${ZONES// /,}
default_availability_zone = ${ZONES%% *}
storage_availability_zone = ${ZONES%% *}
default_volume_type = __DEFAULT__
glance_api_servers = http://$IP:$P_GLANCE
resource_query_filters_file = $ROOT/etc/cinder/resource_filters.json
quota_volumes = -1
quota_snapshots = -1
quota_gigabytes = -1
backup_driver = cinder.backup.drivers.posix.PosixBackupDriver
$(backends)
[coordination]
backend_url = file://$S/data/cinder
[nova]
$(auth_body)
interface = internal
[service_user]
send_service_user_token = true
$(auth_body)
C
  } | put cinder/cinder.conf
}
sync_cinder()  { run "$(bin cinder-manage)" --config-file "$ETC/cinder/cinder.conf" db sync; }
start_cinder() {
  local k
  wsgi cinder-api "$P_CINDER" "$(bin cinder-wsgi)" 8 --pyargv "--config-file $ETC/cinder/cinder.conf"
  for k in scheduler volume; do start "cinder-$k" "$(bin "cinder-$k")" --config-file "$ETC/cinder/cinder.conf"; done
}
wait_cinder()  { wait_http cinder-api "$P_CINDER" /; }
