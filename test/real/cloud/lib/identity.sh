configure_keystone() { put keystone/keystone.conf <<C
[DEFAULT]
use_stderr = true
public_endpoint = https://$FRONT:$P_KEYSTONE
[database]
connection = $(dburl keystone)
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = $ETC/keystone/fernet
[credential]
key_repository = $ETC/keystone/credential
[identity]
password_hash_rounds = 4
[cache]
enabled = true
backend = dogpile.cache.pymemcache
memcache_servers = $IP:$P_MC
[oslo_middleware]
enable_proxy_headers_parsing = true
C
}
sync_keystone() {
  run keystone-manage db_sync
  run keystone-manage fernet_setup --keystone-user root --keystone-group root
  run keystone-manage credential_setup --keystone-user root --keystone-group root
  run keystone-manage bootstrap --bootstrap-password "$PW" --bootstrap-region-id "$REGION" \
    --bootstrap-admin-url "$AUTH/" --bootstrap-internal-url "$AUTH/" --bootstrap-public-url "$PUBLIC_AUTH/"
}
start_keystone() { wsgi keystone "$P_KEYSTONE" /usr/bin/keystone-wsgi-public 8; wait_http keystone "$P_KEYSTONE" /v3; }
