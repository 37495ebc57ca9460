# neutron without agents: every port is bound at once (plugins/lab_plugins/neutron_mech.py).
configure_neutron() {
  { common neutron network; cat <<C
[DEFAULT]
bind_port = $P_NEUTRON
core_plugin = ml2
service_plugins = router,qos,trunk,port_forwarding
api_paste_config = $ROOT/usr/share/neutron-common/api-paste.ini
api_workers = 1
rpc_workers = 0
rpc_state_report_workers = 0
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
network_auto_schedule = false
router_auto_schedule = false
dns_domain = lab.test.
max_routes = 100
[ml2]
type_drivers = flat,vlan,vxlan,geneve,local
tenant_network_types = vxlan
mechanism_drivers = lab
extension_drivers = port_security,qos,dns
[ml2_type_flat]
flat_networks = *
[ml2_type_vlan]
network_vlan_ranges = physnet1:1:4000
[ml2_type_vxlan]
vni_ranges = 1:100000
[ml2_type_geneve]
vni_ranges = 100001:200000
max_header_size = 38
[quotas]
default_quota = -1
quota_network = -1
quota_subnet = -1
quota_port = -1
quota_router = -1
quota_floatingip = -1
quota_security_group = -1
quota_security_group_rule = -1
C
    auth nova placement | sed 's/^valid_interfaces.*/endpoint_type = internal/'; } | put neutron/neutron.conf
}
sync_neutron()  { run "$(bin neutron-db-manage)" --config-file "$ETC/neutron/neutron.conf" upgrade heads; }
start_neutron() { start neutron "$(bin neutron-server)" --config-file "$ETC/neutron/neutron.conf"; }
wait_neutron()  { wait_http neutron "$P_NEUTRON" /; }
