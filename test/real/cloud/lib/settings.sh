# Where everything of the lab is, and the few functions that every part of up.sh uses (sourced by up.sh and down.sh).
: "${REAL_HOME:=${XDG_CACHE_HOME:-$HOME/.cache}/kasbah/real}"
: "${GUEST_HOME:=$REAL_HOME/guests}"                       # the base root of the guests
: "${LAB_GPUS:=10de:20b5:8,10de:2331:8}"                   # of each compute host: vendor:product:count,...
ZONES="zone-1 zone-2 zone-3"                               # one compute host and one volume backend in each
S=$REAL_HOME/cloud
ROOT=$S/root ETC=$S/etc LOG=$S/log RUN=$S/run DONE=$S/done
GUEST_SH=$(realpath "$HERE/../guests/guest.sh") GUEST_DIR=$S/guests
IP=127.0.0.1                                               # where the services listen
FRONT=198.18.0.1                                           # where HAProxy ends TLS for them; range of RFC 2544
PW=lab-secret REGION=RegionOne REGION2=RegionTwo

port() { echo $(($1 + 20000)); }
P_DB=$(port 3306) P_MQ=$(port 5672) P_MQDIST=$(port 5673) P_EPMD=$(port 4369) P_MC=$(port 11211)
P_KEYSTONE=$(port 5000) P_GLANCE=$(port 9292) P_PLACEMENT=$(port 8778) P_NOVA=$(port 8774)
P_NEUTRON=$(port 9696) P_CINDER=$(port 8776) P_BARBICAN=$(port 9311) P_OCTAVIA=$(port 9876)
P_SWIFT=$(port 8080) P_ACCOUNT=$(port 6202) P_CONTAINER=$(port 6201) P_OBJECT=$(port 6200)
P_SWIFT2=$(port 9080) P_MIRROR=$(port 3142)
AUTH=http://$IP:$P_KEYSTONE/v3 PUBLIC_AUTH=https://$FRONT:$P_KEYSTONE/v3
MQ=rabbit://guest:guest@$IP:$P_MQ/

# Every service and tool runs in this environment: the system's python3, its own HOME (oslo.config reads
# ~/.<project>/<project>.conf before /etc), nothing of the caller's.
ENV=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$S/home" LANG=C.UTF-8 LC_ALL=C.UTF-8
     PYTHONPATH="$HERE/plugins" PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1 LAB_GPUS="$LAB_GPUS"
     OS_KEYSTONE_CONFIG_DIR="$ETC/keystone" OS_NOVA_CONFIG_DIR="$ETC/nova" OS_PLACEMENT_CONFIG_DIR="$ETC/placement"
     LAB_GUEST_SH="$GUEST_SH" GUEST_HOME="$GUEST_HOME" GUEST_DIR="$GUEST_DIR"
     LAB_NEUTRON_DB="{\"host\":\"$IP\",\"port\":$P_DB,\"user\":\"neutron\",\"password\":\"$PW\",\"database\":\"neutron\"}")
LAUNCH=(/usr/bin/python3 -m lab_plugins.launch)

T0=$(date +%s.%N)
say()   { printf '[%6.1fs] %s\n' "$(echo "$(date +%s.%N) $T0" | awk '{print $1-$2}')" "$*"; }
die()   { say "FAILED: $*" >&2; exit 1; }
once()  { local m=$DONE/$1; shift; [ -e "$m" ] || { "$@" && touch "$m"; }; }           # once NAME COMMAND...
run()   { "${ENV[@]}" "$@"; }
bin()   { local d; for d in "$ROOT/usr/bin" /usr/bin /usr/sbin; do [ ! -e "$d/$1" ] || { echo "$d/$1"; return; }; done; die "no $1"; }
put()   { mkdir -p "$(dirname "$ETC/$1")"; cat >"$ETC/$1"; }                            # put FILE <stdin
dburl() { echo "mysql+pymysql://${2:-$1}:$PW@$IP:$P_DB/$1"; }
