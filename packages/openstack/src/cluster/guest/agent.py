"""
The agent of a Postgres cluster's member: pulls the settings, brings the server and, on the leader, the cluster to what
they say, and reports. It only ever compares what is with what should be, so it may be killed at any moment.
"""
import datetime
import json
import os
import signal
import threading
import time

import authority
import consensus
import database
import login
import pooler
import rest
import rolling
import shape
import vault
from common import AUTHORITY, DATA, KEPT, MEMBER, VOLUME, Trouble, active, dump, load, look, read, run, states, systemctl, write
from order import Orders, unsealed
from secret import enrol, kept
from storage import Bucket

PATRONI = "/etc/patroni/config.yml"
BEGINNING, RESERVE = f"{VOLUME}/beginning", f"{VOLUME}/reserve"
TICK = 5
FULL, ROOM = 95, 90  # percent of the data volume: above the first the database takes no writes until under the second
DECIDES = {"settings", "certificate", "files", "etcd", "patroni", "parameters", "database"}  # whether settings are applied


class Agent:
    def __init__(self):
        self.member = load(MEMBER)
        self.me, self.seed = self.member["member"], kept("authority")
        place, keys = self.member["settings"], json.loads(kept("settings-keys"))
        self.reports = Bucket(place["endpoint"], place["region"], self.member["reports"]["bucket"], keys)
        self.orders = Orders(self.member, Bucket(place["endpoint"], place["region"], place["bucket"], keys))
        self.consensus = consensus.Consensus(self.member, self.seed, self.reports)
        self.restarts, self.stopping, self.last = rolling.Restarts(), threading.Event(), {}
        self.troubles, self.applied, self.full, self.view = {}, None, False, None
        self.done, self.mode, self.backup, self.reported, self.told = None, None, {}, None, False

    def run(self):
        signal.signal(signal.SIGTERM, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.tick()
            self.stopping.wait(TICK)
        self.step("report", lambda: self.report("stopped"))

    def tick(self):
        self.step("units", look)
        self.step("settings", self.orders.pull, every=15)
        self.step("volume", self.volume)
        if self.orders.settings is not None:
            self.step("certificate", self.certificate)
            self.step("files", self.files)
            self.step("nights", self.nights)
            self.step("etcd", lambda: self.consensus.converge(self.orders.settings["members"]))
            self.step("patroni", self.patroni)
            if self.view is not None:
                self.step("logins", login.evict)
                self.step("pooler", self.pooler)
                self.lead() if self.view.leads else self.follow()
            if not self.troubles.keys() & DECIDES:
                self.applied = self.orders.settings["version"]
        self.step("report", self.report)

    def step(self, name, action, every=0):
        """A part that fails is reported and tried again; the other parts go on."""
        if time.monotonic() - self.last.get(name, float("-inf")) < every:
            return
        self.last[name] = time.monotonic()
        try:
            action()
            self.troubles.pop(name, None)
        except Exception as trouble:  # noqa: BLE001, an agent that dies reports nothing
            text = str(trouble) if isinstance(trouble, Trouble) else f"{name}: {type(trouble).__name__}: {trouble}"
            if self.troubles.get(name) != text:
                print(text, flush=True)
            self.troubles[name] = text

    # This member

    def certificate(self):
        if authority.renew(self.member, self.seed, datetime.datetime.now(datetime.UTC)):
            self.reload()
        if not self.told:
            self.reports.put("authority.crt", read(AUTHORITY))
            self.told = True

    def reload(self):
        """New certificates: etcd reads them at each connection, the others when they are told."""
        for unit in ("patroni", "pgbouncer"):
            if active(unit):
                systemctl("reload", unit)
        if active("patroni") and os.path.exists(f"{DATA}/postmaster.pid"):
            with database.session() as cursor:
                cursor.execute("SELECT pg_reload_conf()")

    def files(self):
        settings = self.orders.settings
        vault.render(settings)
        if pooler.render(self.member, settings) and active("pgbouncer"):
            systemctl("reload", "pgbouncer")
        own = shape.own(self.member, settings, vault.stanza(settings))
        if self.view is not None:
            own["tags"] |= {"nosync": True} if rolling.steps_back(self.view, settings) else {}
            own["tags"] |= {"stale": True} if rolling.stale(self.view) else {}
        own["tags"] |= {"full": True} if self.full else {}
        if write(PATRONI, dump(own), 0o640, group="postgres") and active("patroni"):
            systemctl("reload", "patroni")

    def nights(self):
        """Upgrades of packages restart what they upgrade: each member has an hour of its own, so never two at once."""
        names = [member["name"] for member in self.orders.settings["members"]]
        hour = 2 * names.index(self.me["name"]) % 24 if self.me["name"] in names else 23
        when = f"[Timer]\nOnCalendar=\nOnCalendar=*-*-* {hour:02}:30\nRandomizedDelaySec=15min\nPersistent=false\n"
        if write("/etc/systemd/system/apt-daily-upgrade.timer.d/kasbah.conf", when):
            systemctl("daemon-reload")
            systemctl("restart", "apt-daily-upgrade.timer")

    def patroni(self):
        if not active("patroni"):
            self.clear_beginning()
            systemctl("start", "--no-block", "patroni")
        self.view = None
        self.view = rest.View(self.me)

    def pooler(self):
        """Patroni's callback does it at once; this is for one that was missed."""
        if active("pgbouncer") != self.view.leads and self.view.own.get("state") == "running":
            systemctl("start", "--no-block", "kasbah-pooler.service")
        mode = database.mode() if self.view.leads else None
        if mode != self.mode and None not in (mode, self.mode) and active("pgbouncer"):
            systemctl("restart", "pgbouncer")  # it tells clients what the server said to its first connection
        self.mode = mode

    def clear_beginning(self):
        """A first start that was cut short: what it left is no database, and nobody else may begin while its key stands."""
        if not os.path.exists(BEGINNING):
            return
        key = f"/kasbah/{self.member['cluster']}/initialize"
        found = consensus.ctl([self.me], "get", key)
        if found is None:
            raise Trouble("etcd does not answer, which the first start needs")
        if found.get("kvs") and not found["kvs"][0].get("value"):
            consensus.ctl([self.me], "del", key)
        run("rm", "-rf", DATA, BEGINNING)

    def volume(self):
        """Grows the file system with its volume, and knows how full it is."""
        found = os.statvfs(VOLUME)
        used = found.f_blocks - found.f_bfree
        self.used = 100 * used / (used + found.f_bavail)
        self.full = self.used > (ROOM if self.full else FULL)
        self.reserve(found)
        if time.monotonic() - self.last.get("grow", float("-inf")) > 60:
            self.last["grow"] = time.monotonic()
            run("resize2fs", run("findmnt", "-no", "SOURCE", VOLUME).strip())

    def reserve(self, found):
        """Kept for a database that stopped because its volume is full: with it, it can at least start and be read."""
        there, runs = os.path.exists(RESERVE), self.view is not None and self.view.own.get("state") == "running"
        if there and self.full and not runs:
            os.remove(RESERVE)
        if not there and self.used < 80 and runs:
            handle = os.open(RESERVE, os.O_WRONLY | os.O_CREAT, 0o600)
            os.posix_fallocate(handle, 0, min(found.f_blocks * found.f_frsize // 50, 1 << 30))
            os.close(handle)

    def revive(self):
        """A standby without room cannot even receive the news that there is room again: it begins anew from the leader."""
        leader = rolling.leading(self.view)
        if not self.full or self.view.own.get("state") == "running" or leader is None:
            self.last["ran"] = time.monotonic()
        elif time.monotonic() - self.last.setdefault("ran", time.monotonic()) > 120:
            found = self.reports.get(f"{leader['name']}.json")
            if found and json.loads(found[0])["disk"]["usedPercent"] < ROOM:
                rest.post(self.me["address"], "reinitialize", {"force": True})
                self.last["ran"] = time.monotonic()

    # The cluster

    def lead(self):
        settings = self.orders.settings
        for name, action, every in [
            ("parameters", self.parameters, 0),
            ("database", self.database, 0),
            ("heartbeat", self.heartbeat, 10),
            ("login", self.close, 15),
            ("backup", self.backups, 60),
            ("restart", lambda: self.restarts.go_on(self.view), 0),
            ("handover", lambda: rolling.hand_over(self.view, settings), 0),
        ]:
            self.step(name, action, every)
        self.step("full", self.say_full)

    def follow(self):
        self.step("room", self.revive)
        self.done, self.backup = None, {}
        for name in ("parameters", "database", "heartbeat", "login", "backup", "restart", "handover", "full"):
            self.troubles.pop(name, None)

    def without_room(self):
        """The leader itself, or a standby that could not follow much longer."""
        others = [name for name, member in self.view.members.items() if member.get("tags", {}).get("full")]
        return [self.me["name"], *others] if self.full else [name for name in others if name != self.me["name"]]

    def say_full(self):
        if names := self.without_room():
            raise Trouble(f"over {FULL} % of the data volume is used on {', '.join(names)}: no writes until it is under {ROOM} %")

    def parameters(self):
        settings = self.orders.settings
        known = rest.get(self.me["address"], "config")
        wanted = shape.shared(settings, vault.stanza(settings), bool(self.without_room()))
        kept_keys = {key: known[key] for key in ("pause",) if key in known}
        if known != wanted | kept_keys:
            rest.post(self.me["address"], "config", wanted | kept_keys, method="PUT")

    def heartbeat(self):
        """Not in a copy, which is there to be compared with what it was made of."""
        if "restore" not in self.orders.settings:
            database.heartbeat()

    def database(self):
        settings = self.orders.settings
        if self.done != (settings["version"], self.view.own.get("timeline")):
            credential = unsealed(settings, kept("seal"))["credential"]
            database.converge(settings, credential, self.member["identity"])
            self.done = (settings["version"], self.view.own.get("timeline"))

    def close(self):
        """Standbys say in their reports who is connected to them."""
        elsewhere = {}
        for member in self.orders.settings["members"]:
            if member["name"] != self.me["name"] and (found := self.reports.get(f"{member['name']}.json")):
                for role, count in json.loads(found[0]).get("login", {}).get("sessions", {}).items():
                    elsewhere[role] = elsewhere.get(role, 0) + count
        login.close(self.orders.settings["login"]["number"], elsewhere)

    def backups(self):
        settings = self.orders.settings
        archived, failed = database.archiver()
        self.backup |= {"archivedAt": archived and vault.stamp(archived), "failedAt": failed and vault.stamp(failed)}
        last = {states.get("kasbah-backup@full"), states.get("kasbah-backup@diff")}
        if vault.stanza(settings) is None or "activating" in last:
            return
        found = [vault.complete(vault.info(vault.stanza(settings), number + 1)) for number in range(len(vault.configured(settings)))]
        if found[0]:
            self.backup |= {"last": vault.stamp(found[0][-1][0]), "type": found[0][-1][1]}
        kinds = {vault.due(each, settings["backup"], time.time()) for each in found} - {None}
        if not kinds:
            return
        systemctl("start", "--no-block", f"kasbah-backup@{'full' if 'full' in kinds else 'diff'}")
        if "failed" in last:
            raise Trouble("the last backup failed: see the journal of kasbah-backup@full and kasbah-backup@diff")

    # What it says

    def report(self, role=None):
        text = self.words(role)
        body = dict(text, at=None)
        if body != self.reported or time.monotonic() - self.last.get("told", float("-inf")) > 50:
            self.reports.put(f"{self.me['name']}.json", json.dumps(text).encode())
            self.reported, self.last["told"] = body, time.monotonic()

    def words(self, role):
        view, end = self.view, authority.not_after()
        troubles = [text for name, text in self.troubles.items() if name != "report"]
        number, previous, sessions = self.logins()
        runs = view is not None and (view.leads or (view.streams and (view.lag or 0) < 1 << 26))
        return {
            "format": 1,
            "member": self.me["name"],
            "at": vault.stamp(time.time()),
            "generation": self.member["generation"],
            "settings": self.applied,
            "error": "; ".join(troubles) or None,
            "role": role or (view.role if view else "starting"),
            "healthy": role is None and runs and consensus.voter(self.me),
            "lagBytes": view.lag if view else None,
            "synchronous": view is not None and view.mine.get("role") == "sync_standby",
            "timeline": view.own.get("timeline") if view else None,
            "backup": {"last": None, "type": None, "archivedAt": None, "failedAt": None} | self.backup,
            "login": {"number": number, "previous": previous, "sessions": sessions},
            "disk": {"usedPercent": round(self.used)},
            "certificate": {"notAfter": end and end.strftime("%Y-%m-%dT%H:%M:%SZ")},
            "pendingRestart": view is not None and rolling.pending(view.mine),
        }

    def logins(self):
        try:
            return login.state() if self.view is not None else (None, "none", {})
        except Trouble:
            return None, "none", {}


def render():
    """Before PostgreSQL's start: memory settings for the machine that this now is."""
    member, settings = load(MEMBER), None
    if os.path.exists(f"{KEPT}/settings.json"):
        settings = Orders(member, None).settings
    if settings is not None:
        write(PATRONI, dump(shape.own(member, settings, vault.stanza(settings))), 0o640, group="postgres")


def main(words):
    if words == ["render"]:
        render()
    else:
        os.umask(0o022)
        enrol()
        Agent().run()
