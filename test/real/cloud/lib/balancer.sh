# octavia: the amphora provider with noop compute and amphora drivers; the VIP is a real port of neutron.
configure_octavia() {
  local d=$ETC/octavia/certs
  if [ ! -e "$d/ca.pem" ]; then
    mkdir -p "$d"
    openssl req -x509 -newkey rsa:2048 -keyout "$d/ca.key" -out "$d/ca.pem" -days 3650 -passout "pass:$PW" -subj /CN=lab 2>/dev/null
  fi
  { common octavia load-balancer true; cat <<C
[api_settings]
bind_host = $IP
bind_port = $P_OCTAVIA
auth_strategy = keystone
enabled_provider_drivers = amphora:noop,octavia:alias
default_provider_driver = amphora
[oslo_messaging]
topic = octavia_prov
[controller_worker]
workers = 1
amphora_driver = amphora_noop_driver
compute_driver = compute_noop_driver
network_driver = lab_vip
image_driver = image_noop_driver
volume_driver = volume_noop_driver
distributor_driver = distributor_noop_driver
loadbalancer_topology = SINGLE
amp_image_tag = amphora
amp_flavor_id = 1
amp_boot_network_list = 00000000-0000-0000-0000-000000000001
client_ca = $ETC/octavia/certs/ca.pem
[certificates]
cert_manager = local_cert_manager
ca_certificate = $ETC/octavia/certs/ca.pem
ca_private_key = $ETC/octavia/certs/ca.key
ca_private_key_passphrase = $PW
server_certs_key_passphrase = 01234567890123456789012345678901
[health_manager]
heartbeat_key = lab
[neutron]
endpoint_type = internalURL
C
    auth service_auth; } | put octavia/octavia.conf
}
sync_octavia()  { run octavia-db-manage --config-file "$ETC/octavia/octavia.conf" upgrade head; }
start_octavia() {
  start octavia-api octavia-api --config-file "$ETC/octavia/octavia.conf"
  start octavia-worker octavia-worker --config-file "$ETC/octavia/octavia.conf"
}
wait_octavia()  { wait_http octavia-api "$P_OCTAVIA" /; }
