# Processes of the lab: started once, known by pid and start time, so that a reused pid is never taken for ours.
start_time() { awk '{print $22}' "/proc/$1/stat" 2>/dev/null; }
alive() { local p; p=$(cat "$RUN/$1.pid" 2>/dev/null) && [ -d "/proc/$p" ] && [ "$(cat "$RUN/$1.start" 2>/dev/null)" = "$(start_time "$p")" ]; }
start() {                                                   # start NAME COMMAND...
  local n=$1; shift
  alive "$n" && return
  echo "=== $(date -Is) $*" >>"$LOG/$n.log"
  setsid "${ENV[@]}" "$@" >>"$LOG/$n.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/$n.pid"; start_time $! >"$RUN/$n.start"
  echo "$n" >>"$RUN/order"
}
wsgi() {                                                    # wsgi NAME PORT WSGI-FILE THREADS [uwsgi options]
  local n=$1 p=$2 f=$3 t=$4; shift 4
  start "$n" /usr/bin/uwsgi --plugins python3 --http-socket "$IP:$p" --master --lazy-apps \
    --die-on-term --need-app --enable-threads --processes 1 --threads "$t" --listen 100 --buffer-size 65535 \
    --disable-logging --add-header "Connection: close" ${f:+--wsgi-file "$f"} "$@"
}
wait_tcp() {                                                # wait_tcp NAME PORT
  local i
  for ((i = 0; i < 1500; i++)); do
    (exec 3<>"/dev/tcp/$IP/$2") 2>/dev/null && return
    alive "$1" || die "$1 died, see $LOG/$1.log"
    sleep .2
  done
  die "$1 not listening on $2"
}
wait_http() {                                               # wait_http NAME PORT PATH
  local i c
  for ((i = 0; i < 2000; i++)); do
    c=$(curl -s -o /dev/null -m 5 -w '%{http_code}' "http://$IP:$2$3" || true)
    case $c in 2* | 3* | 401) say "$1 answers ($c)"; return ;; esac
    alive "$1" || die "$1 died, see $LOG/$1.log"
    sleep .3
  done
  die "$1 does not answer"
}
stop() {                                                    # stop NAME SECONDS: TERM its process group, then KILL
  local n=$1 p i
  alive "$n" || { rm -f "$RUN/$n.pid" "$RUN/$n.start"; return; }
  p=$(cat "$RUN/$n.pid")                                    # started with setsid: its own process group
  case $n in mysql | epmd) kill -TERM "$p" ;; *) kill -TERM -- "-$p" ;; esac
  for ((i = 0; i < $2 * 10; i++)); do
    grep -q '^State:.[^Z]' "/proc/$p/status" 2>/dev/null || break
    sleep .1
  done
  kill -KILL -- "-$p" 2>/dev/null
  rm -f "$RUN/$n.pid" "$RUN/$n.start"
}
# Migrations and seeds are done once. A cloud that other sources made is made anew, unless somebody is using it.
anew_if_changed() {
  local key; key=$(find "$HERE" -type f -not -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sed "s#$HERE##" | sha256sum | cut -c1-12)
  if [ -e "$S/sources" ] && [ "$(cat "$S/sources")" != "$key" ]; then
    if alive mysql; then say "this cloud was made by other sources: down.sh first, to have yours"; return; fi
    "$HERE/down.sh" --purge
  fi
  mkdir -p "$S"; [ -e "$S/sources" ] || echo "$key" >"$S/sources"
}
