# Database, queue, cache. MariaDB and not SQLite: three of nova's processes write at once.
SQL=(mariadb --no-defaults -uroot -S "$RUN/mysql.sock")
db_init() { run mariadb-install-db --no-defaults --user=root --datadir="$S/data/mysql" --auth-root-authentication-method=socket --skip-test-db >"$LOG/mysql-install.log" 2>&1; }
start_mysql() {                                             # speed over durability: the lab is made anew, never recovered
  once db-init db_init
  start mysql mariadbd --no-defaults --user=root --datadir="$S/data/mysql" --socket="$RUN/mysql.sock" \
    --bind-address="$IP" --port="$P_DB" --skip-name-resolve --max-connections=1000 --skip-log-bin \
    --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=nosync \
    --innodb-buffer-pool-size=192M --innodb-log-file-size=48M --performance-schema=OFF \
    --character-set-server=utf8mb3 --transaction-isolation=READ-COMMITTED
}
start_rabbit() {                                            # inet_dist_use_interface: else Erlang's port is open to all
  local mq=(ERL_EPMD_ADDRESS="$IP" ERL_EPMD_PORT="$P_EPMD")
  mkdir -p "$S/data/rabbit"
  put rabbitmq.conf <<E
listeners.tcp.1 = $IP:$P_MQ
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
E
  echo '[].' >"$ETC/rabbit-plugins"
  start epmd env "${mq[@]}" epmd -address "$IP" -port "$P_EPMD"
  wait_tcp epmd "$P_EPMD"
  start rabbit env "${mq[@]}" RABBITMQ_NODENAME=lab@localhost RABBITMQ_CONFIG_FILE="$ETC/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$ETC/rabbit-plugins" RABBITMQ_MNESIA_BASE="$S/data/rabbit" RABBITMQ_LOG_BASE="$LOG" \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_DIST_PORT="$P_MQDIST" RABBITMQ_IO_THREAD_POOL_SIZE=4 \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none" \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}
infra() {
  start_mysql
  start memcached memcached -u root -l "$IP" -p "$P_MC" -m 64 -U 0
  start_rabbit
  wait_tcp mysql "$P_DB"; wait_tcp memcached "$P_MC"; wait_tcp rabbit "$P_MQ"
  say "mariadb, memcached, rabbitmq up"
}
databases() {
  local d
  for d in keystone glance placement nova nova_api nova_cell0 neutron cinder barbican octavia; do
    echo "CREATE DATABASE IF NOT EXISTS $d CHARACTER SET utf8mb3; GRANT ALL ON $d.* TO '$d'@'127.0.0.1' IDENTIFIED BY '$PW';"
    case $d in nova_*) echo "GRANT ALL ON $d.* TO 'nova'@'127.0.0.1';" ;; esac
  done | run "${SQL[@]}"
}
schema() {                                                  # schema PROJECT...: two at a time, for two cores
  local p pids=()
  for p in "$@"; do
    [ -e "$DONE/sync-$p" ] && continue
    ( set -e; exec 9>&-; once "sync-$p" "sync_$p" >"$LOG/sync-$p.log" 2>&1 || { echo "sync of $p failed:"; tail -5 "$LOG/sync-$p.log"; exit 1; }; say "schema $p" ) &
    pids+=($!)
    while [ "$(jobs -rp | wc -l)" -ge $((BASE_JOBS + 3)) ]; do sleep .2; done
  done
  for p in "${pids[@]}"; do wait "$p" || die "schema"; done
}
