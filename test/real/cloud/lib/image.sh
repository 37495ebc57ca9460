configure_glance() {
  mkdir -p "$S"/data/glance/{images,staging,tasks}
  { common glance image; cat <<C
[DEFAULT]
bind_port = $P_GLANCE
workers = 0
node_staging_uri = file://$S/data/glance/staging
enabled_backends = file:file
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = $S/data/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $S/data/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $S/data/glance/tasks
[paste_deploy]
flavor = keystone
config_file = $ROOT/usr/share/glance-common/glance-api-paste.ini
C
  } | put glance/glance-api.conf
}
sync_glance()  { run "$(bin glance-manage)" --config-file "$ETC/glance/glance-api.conf" db_sync; }
start_glance() { start glance "$(bin glance-api)" --config-file "$ETC/glance/glance-api.conf"; }
wait_glance()  { wait_http glance "$P_GLANCE" /versions; }
