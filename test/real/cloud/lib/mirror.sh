# The package mirror inside the place: apt-cacher-ng, which fetches from this machine's own mirror what guests ask for.
host_mirror() {                                             # host_mirror LABEL: this machine's mirror of it, as apt knows it
  # shellcheck disable=SC2016
  apt-get indextargets 'Created-By: Packages' --format '$(LABEL) $(REPO_URI)' | awk -v l="$1" '$1 == l {sub("/$", "", $2); print $2; exit}'
}
via() { local p; p=$(apt-config dump Acquire::http::Proxy --format '%v%n'); [ -z "$p" ] || [ "$p" = DIRECT ] || echo "Proxy: $p"; }
configure_mirror() {
  local debian security; debian=$(host_mirror Debian) security=$(host_mirror Debian-Security)
  mkdir -p "$REAL_HOME/mirror" "$ETC/mirror"                  # outlives the cloud
  put mirror/acng.conf <<C
CacheDir: $REAL_HOME/mirror
LogDir: $LOG
PidFile: $RUN/mirror-own.pid
SocketPath: $RUN/mirror.sock
BindAddress: $FRONT
Port: $P_MIRROR
ForeGround: 1
ReportPage:
$(via)
AllowUserPorts: 0
Remap-debian: /debian ; ${debian:?no Debian mirror in the sources of apt}
Remap-security: /debian-security ; ${security:-$debian-security}
C
}
start_mirror() { start mirror /usr/sbin/apt-cacher-ng -c "$ETC/mirror"; }
wait_mirror() {
  curl -sfI --retry 20 --retry-connrefused --retry-delay 1 "http://$FRONT:$P_MIRROR/debian/dists/trixie/InRelease" >/dev/null || die "the mirror does not answer, see $LOG/mirror.log"
}
