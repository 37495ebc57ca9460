# barbican. enforce_new_defaults: an application credential has role `member` only, without the roles that it implies.
configure_barbican() {
  { common barbican key-manager true; cat <<C
[DEFAULT]
host_href = https://$FRONT:$P_BARBICAN
sql_connection = $(dburl barbican)
db_auto_create = false
[oslo_policy]
enforce_new_defaults = true
[secretstore]
enabled_secretstore_plugins = store_crypto
[crypto]
enabled_crypto_plugins = simple_crypto
[simple_crypto_plugin]
kek = YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=
[queue]
enable = false
C
  } | put barbican/barbican.conf
  cp "$ROOT/usr/share/barbican-common/barbican-api-paste.ini" "$ETC/barbican/"
}
sync_barbican()  { run "$(bin barbican-manage)" db upgrade -v head; }
start_barbican() { wsgi barbican "$P_BARBICAN" "" 4 --paste "config:$ETC/barbican/barbican-api-paste.ini"; }
wait_barbican()  { wait_http barbican "$P_BARBICAN" /; }
