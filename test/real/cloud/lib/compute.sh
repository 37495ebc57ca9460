# nova and placement. nova-api runs under eventlet: under uwsgi's threads an RPC reply arrives in another thread's hub
# and a volume's attachment ends in MessagingTimeout after 60 s.
gpu_lines() {
  local g v r; local -A names=([10de:20b5]=a100 [10de:2331]=h100)
  for g in ${LAB_GPUS//,/ }; do
    v=${g%%:*} r=${g#*:}; r=${r%%:*}
    echo "alias = {\"vendor_id\":\"$v\",\"product_id\":\"$r\",\"device_type\":\"type-PCI\",\"name\":\"${names[$v:$r]:-gpu-$r}\"}"
    echo "device_spec = {\"vendor_id\":\"$v\",\"product_id\":\"$r\"}"
  done
}
configure_placement() { { common placement placement; printf '[placement_database]\nconnection = %s\n' "$(dburl placement)"; } | put placement/placement.conf; }
configure_nova() {
  local zone
  mkdir -p "$S/data/nova/instances"
  { common nova compute; cat <<C
[DEFAULT]
my_ip = $IP
instances_path = $S/data/nova/instances
compute_driver = nova_guest.GuestDriver
resume_guests_state_on_host_boot = true
vif_plugging_is_fatal = false
vif_plugging_timeout = 0
# a guest that was killed becomes SHUTOFF, so that it can be started again; a hypervisor would say so at once
sync_power_state_interval = 15
heal_instance_info_cache_interval = -1
enabled_apis = osapi_compute
osapi_compute_workers = 1
osapi_compute_listen = $IP
osapi_compute_listen_port = $P_NOVA
allow_resize_to_same_host = true
cpu_allocation_ratio = 16
[api_database]
connection = $(dburl nova_api nova)
[wsgi]
api_paste_config = $ROOT/usr/share/nova-common/api-paste.ini
[vnc]
enabled = false
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = 15
[filter_scheduler]
enabled_filters = ComputeFilter,ComputeCapabilitiesFilter,ImagePropertiesFilter,ServerGroupAntiAffinityFilter,ServerGroupAffinityFilter,AggregateInstanceExtraSpecsFilter,PciPassthroughFilter
[cinder]
catalog_info = volumev3::internalURL
os_region_name = $REGION
[barbican]
auth_endpoint = $AUTH
[key_manager]
backend = barbican
[service_user]
send_service_user_token = true
$(auth_body)
[pci]
$(gpu_lines)
C
    auth placement neutron cinder glance; } | put nova/nova.conf
  for zone in $ZONES; do printf '[DEFAULT]\nhost = %s\n' "host-$zone" | put "nova/$zone.conf"; done
}
sync_placement() { run placement-manage db sync; }
sync_nova() {
  local m=("$(bin nova-manage)" --config-file "$ETC/nova/nova.conf")
  run "${m[@]}" api_db sync
  run "${m[@]}" cell_v2 map_cell0 --database_connection "$(dburl nova_cell0 nova)"
  run "${m[@]}" cell_v2 list_cells | grep -q cell1 || run "${m[@]}" cell_v2 create_cell --name cell1
  run "${m[@]}" db sync
}
start_placement() { wsgi placement "$P_PLACEMENT" /usr/bin/placement-api 4; }
start_nova() {
  local k
  for k in conductor api scheduler; do start "nova-$k" "$(bin "nova-$k")" --config-file "$ETC/nova/nova.conf"; done
}
guests_base() {                                             # and no older one, but those that guests stand on
  local old base; base=$("$GUEST_SH" base)
  for old in "$GUEST_HOME"/base-*; do
    [ "$old" = "$base" ] || grep -qF "lowerdir=$old," /proc/mounts || rm -rf "$old"
  done
}
start_hosts() {
  local zone
  wait_http placement "$P_PLACEMENT" /
  for zone in $ZONES; do
    start "nova-compute-$zone" "${LAUNCH[@]}" "$(bin nova-compute)" --config-file "$ETC/nova/nova.conf" --config-file "$ETC/nova/$zone.conf"
  done
  start security-groups /usr/bin/python3 -m lab_plugins.security_groups
}
wait_nova() { wait_http nova-api "$P_NOVA" /; }
discover() {                                                # the cell has to know the compute hosts
  local i hosts; hosts=$(wc -w <<<"$ZONES")
  for ((i = 0; i < 300; i++)); do
    run "$(bin nova-manage)" --config-file "$ETC/nova/nova.conf" cell_v2 discover_hosts --by-service >>"$LOG/discover.log" 2>&1 &&
      run "${SQL[@]}" -N -e 'select count(*) from nova_api.host_mappings' | grep -qx "$hosts" && return
    sleep 1
  done
  die "no compute host"
}
