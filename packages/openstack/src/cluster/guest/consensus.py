"""
etcd on this member. Its data lies on the data volume, so a new server with the old volume is the same member again. One
that has lost its volume is removed and added anew: under its old number it could vote a second time.
"""
import hmac
import json
import os
import time
import urllib.parse

from common import AUTHORITY, CERTIFICATE, KEY, VOLUME, Trouble, active, read, run, systemctl, write
from rest import call

DATA = f"{VOLUME}/etcd"
ENVIRONMENT = "/etc/kasbah/etcd.env"
FORMED = "formed.json"
FRESH = 120  # seconds for which "my volume is empty" counts


def peer_url(address):
    return f"https://{address}:2380"


def client_url(address):
    return f"https://{address}:2379"


def environment(cluster, members, me, state):
    # Timing: etcd, Tuning: an election takes ten heartbeats, a heartbeat is longer than a slow round trip. Three sites
    # of one region and disks that wait now and then: 250 ms.
    values = {
        "NAME": me["name"],
        "DATA_DIR": DATA,
        "LISTEN_PEER_URLS": peer_url(me["address"]),
        "LISTEN_CLIENT_URLS": client_url(me["address"]),
        "ADVERTISE_CLIENT_URLS": client_url(me["address"]),
        "INITIAL_ADVERTISE_PEER_URLS": peer_url(me["address"]),
        "INITIAL_CLUSTER": ",".join(f"{member['name']}={peer_url(member['address'])}" for member in members),
        "INITIAL_CLUSTER_STATE": state,
        "INITIAL_CLUSTER_TOKEN": cluster,
        "HEARTBEAT_INTERVAL": 250,
        "ELECTION_TIMEOUT": 2500,
        "AUTO_COMPACTION_MODE": "periodic",
        "AUTO_COMPACTION_RETENTION": "1h",
        "CLIENT_CERT_AUTH": "true",
        "TRUSTED_CA_FILE": AUTHORITY,
        "CERT_FILE": CERTIFICATE,
        "KEY_FILE": KEY,
        "PEER_CLIENT_CERT_AUTH": "true",
        "PEER_TRUSTED_CA_FILE": AUTHORITY,
        "PEER_CERT_FILE": CERTIFICATE,
        "PEER_KEY_FILE": KEY,
        "LOG_LEVEL": "warn",
    }
    return "".join(f"ETCD_{key}={value}\n" for key, value in values.items())


def ctl(members, *words, timeout=8):
    """etcdctl against these members, with this member's certificate. JSON, or None without an answer."""
    points = ",".join(client_url(member["address"]) for member in members)
    tls = ["--cacert", AUTHORITY, "--cert", CERTIFICATE, "--key", KEY]
    try:
        return json.loads(run("etcdctl", "--endpoints", points, *tls, "--command-timeout", f"{timeout - 3}s",
                              "-w", "json", *words, timeout=timeout))
    except (Trouble, ValueError):
        return None


def voter(me):
    """This member runs, and a majority agrees with it: etcd's own check of its health is a read that needs one."""
    try:
        return json.loads(call(f"{client_url(me['address'])}/health")).get("health") == "true"
    except (Trouble, ValueError):
        return False


class Consensus:
    def __init__(self, member, seed, reports):
        self.cluster, self.me, self.seed, self.reports = member["cluster"], member["member"], seed, reports
        self.told = False

    def converge(self, members):
        """Decides once how this member starts, and starts it."""
        others = [member for member in members if member["name"] != self.me["name"]]
        if read(ENVIRONMENT) is None or not os.path.isdir(f"{DATA}/member"):
            self.prepare(members, others)
        if not active("etcd"):
            # It answers only when a majority is there, so nobody waits for it here.
            systemctl("start", "--no-block", "etcd")
        if not self.told and voter(self.me):
            self.tell()

    def prepare(self, members, others):
        if os.path.isdir(f"{DATA}/member"):
            state, joined = "existing", members
        elif others and (known := ctl(others, "member", "list")) is not None:
            state, joined = "existing", self.join(known["members"], others)
        elif others and self.formed() and not self.all_lost(members):
            raise Trouble("etcd: this volume is empty, the cluster is older than it, and no majority of it answers")
        else:
            state, joined = "new", members
        run("install", "-d", "-o", "etcd", "-g", "etcd", "-m", "0700", DATA)
        write(ENVIRONMENT, environment(self.cluster, joined, self.me, state))

    def join(self, known, others):
        """Takes the place of what this member was. One that never started, by its plan or by an attempt, is kept."""
        mine = [entry for entry in known if peer_url(self.me["address"]) in entry["peerURLs"]]
        for entry in mine:
            if entry.get("clientURLs"):
                self.change(others, "remove", f"{entry['ID']:x}")
        if not mine or mine[0].get("clientURLs"):
            self.change(others, "add", self.me["name"], f"--peer-urls={peer_url(self.me['address'])}")
        rest = [entry for entry in known if entry not in mine]
        joined = [{"name": entry["name"], "address": urllib.parse.urlsplit(entry["peerURLs"][0]).hostname} for entry in rest]
        return [*joined, self.me]

    def change(self, others, *words):
        if ctl(others, "member", *words) is None:
            raise Trouble(f"etcd: the others do not let this member be {words[0]}ed")

    # What members tell each other by the container of the reports carries a code that only members can make.

    def code(self, *words):
        return hmac.new(self.seed, "|".join(words).encode(), "sha256").hexdigest()

    def tell(self):
        self.reports.put(FORMED, json.dumps({"code": self.code(FORMED, self.cluster)}).encode())
        self.told = True

    def formed(self):
        found = self.reports.get(FORMED)
        return found is not None and json.loads(found[0]).get("code") == self.code(FORMED, self.cluster)

    def all_lost(self, members):
        """Every member says that its volume is empty: then this is a cluster to be made, or brought back from a backup."""
        now = int(time.time())
        words = json.dumps({"at": now, "code": self.code("empty", self.me["name"], str(now))})
        self.reports.put(f"{self.me['name']}.empty.json", words.encode())
        return all(self.empty(member["name"], now) for member in members)

    def empty(self, name, now):
        found = self.reports.get(f"{name}.empty.json")
        said = {} if found is None else json.loads(found[0])
        at = said.get("at", 0)
        return abs(now - at) < FRESH and said.get("code") == self.code("empty", name, str(at))
