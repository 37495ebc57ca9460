#!/usr/bin/python3
"""
Looks at a copy that a drill has brought up: what came back, and whether it is whole. Writes two objects beside the
agent's report: answered.json at the first query that was answered, drill.json at the end. It asks and never changes
data; at the end it stops the database, since only then every page can be read from the disk.
"""
import glob
import json
import os
import re
import sys
import time

sys.path.insert(0, "/usr/local/lib/kasbah")
import vault  # noqa: E402
from common import BIN, DATA, KEPT, MEMBER, SECRETS, SOCKET, Trouble, load, read, run, systemctl, write  # noqa: E402
from database import one, session  # noqa: E402
from order import KEEP, verified  # noqa: E402
from secret import kept  # noqa: E402
from storage import Bucket  # noqa: E402

LONG = 6 * 3_600  # seconds: who waits for this has a limit of its own


def main():
    member = load(MEMBER)
    until(lambda: os.path.exists(f"{SECRETS}/settings-keys") and os.path.exists(KEEP))
    settings = verified(read(KEEP), member)
    place = member["settings"]
    reports = Bucket(place["endpoint"], place["region"], member["reports"]["bucket"], json.loads(kept("settings-keys")))

    newest = remembered("newest", lambda: until(first_answer))
    tell(reports, "answered.json", {"format": 1, "at": vault.stamp(time.time())})
    facts = {"backup": backup(settings), "bytes": size(), "versions": versions(settings)}
    found = {"format": 1, "newest": newest, **facts}
    found["checks"] = [check(name, action) for name, action in [
        ("the database is there", lambda: extension(settings)),
        ("tables can be read", tables),
        ("tables and indexes agree (pg_amcheck)", amcheck),
        ("every page has its checksum (pg_checksums)", checksums),
    ]]
    tell(reports, "drill.json", found)


def until(action):
    """What the action gives, as soon as it gives something."""
    while True:
        try:
            if found := action():
                return found
        except (Trouble, OSError):
            pass
        time.sleep(0.5)


def remembered(name, action):
    """Once for all: a second start would ask a copy that has gone on."""
    path = f"{KEPT}/drill-{name}.json"
    found = load(path)
    if found is None:
        found = action()
        write(path, json.dumps(found), 0o600)
    return found


def tell(reports, name, body):
    until(lambda: reports.put(name, json.dumps(body).encode()) or True)


def check(name, action):
    try:
        return {"name": name, "ok": True, "says": action()}
    except Exception as trouble:  # noqa: BLE001, what cannot be looked at is not whole
        return {"name": name, "ok": False, "says": f"{type(trouble).__name__}: {trouble}"[:500]}


def first_answer():
    """What is newest in the copy, asked at once: the heartbeat, and the last commit that was replayed."""
    with session() as cursor:
        if one(cursor, "SELECT pg_is_in_recovery()"):
            return None
        asked = one(cursor, "SELECT extract(epoch FROM clock_timestamp())::float8")
        commit = one(cursor, "SELECT extract(epoch FROM pg_last_xact_replay_timestamp())::float8")
        beat = None
        if one(cursor, "SELECT to_regclass('kasbah.heartbeat')"):
            beat = one(cursor, "SELECT extract(epoch FROM at)::float8 FROM kasbah.heartbeat")
    return {"asked": moment(asked), "heartbeat": moment(beat), "commit": moment(commit)}


def moment(seconds):
    """To the millisecond."""
    if seconds is None:
        return None
    return f"{vault.stamp(seconds)[:-1]}.{int(seconds % 1 * 1000):03}Z"


def backup(settings):
    """The backup that the copy began with: the one whose first segment is that of the copy's own label."""
    label = next((text for text in (read(f"{DATA}/backup_label{end}") for end in ("", ".old")) if text), b"").decode()
    segment = re.search(r"^START WAL LOCATION: \S+ \(file (\w+)\)$", label, re.MULTILINE)
    for entry in vault.info(vault.source(settings))["backup"]:
        if segment and entry["archive"]["start"] == segment[1]:
            return {"label": entry["label"], "type": entry["type"], "at": vault.stamp(entry["timestamp"]["stop"])}
    return {"label": "unknown", "type": None, "at": None}


def size():
    with session() as cursor:
        return int(one(cursor, "SELECT sum(pg_database_size(oid)) FROM pg_database"))


def versions(settings):
    with session(settings["database"]) as cursor:
        found = {"postgresql": one(cursor, "SHOW server_version")}
        cursor.execute("SELECT extname, extversion FROM pg_extension WHERE extname <> 'plpgsql'")
        found |= dict(cursor.fetchall())
    return found | {"pgbackrest": run("pgbackrest", "version").split()[-1]}


def extension(settings):
    with session(settings["database"]) as cursor:
        if not one(cursor, "SELECT 1 FROM pg_extension WHERE extname = 'vector'"):
            raise Trouble(f"database {settings['database']} has no extension vector")
        owner = one(cursor, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
        logins = one(cursor, "SELECT count(*) FROM pg_roles WHERE rolcanlogin AND starts_with(rolname, 'kasbah_')")
    return f"{settings['database']}, owned by {owner}, with vector; {logins} logins"


def tables():
    """Every row of every table is read. Numbers only: what is in them is nobody's business here."""
    read_rows = read_tables = 0
    with session() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1")
        names = [name for name, in cursor.fetchall()]
    for name in names:
        with session(name) as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(
                "SELECT format('%I.%I', nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                "WHERE relkind IN ('r', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_toast'")
            for table, in cursor.fetchall():
                read_rows += one(cursor, f"SELECT count(*) FROM {table}")
                read_tables += 1
    return f"{read_rows} rows in {read_tables} tables of {len(names)} databases"


def amcheck():
    out = run(
        f"{BIN}/pg_amcheck", "--host", SOCKET, "--all", "--install-missing", "--heapallindexed", "--jobs",
        str(os.cpu_count() or 1), user="postgres", timeout=LONG)
    if out.strip():
        raise Trouble(out.strip().splitlines()[0])
    return "no fault found"


def checksums():
    systemctl("stop", "kasbah-agent.service")
    systemctl("stop", "patroni.service")
    if glob.glob(f"{DATA}/postmaster.pid"):
        run(f"{BIN}/pg_ctl", "stop", "--pgdata", DATA, "--mode", "fast", "--wait", user="postgres", timeout=600)
    out = run(f"{BIN}/pg_checksums", "--check", "--pgdata", DATA, user="postgres", timeout=LONG)
    numbers = dict(re.findall(r"^(Files scanned|Blocks scanned|Bad checksums):\s+(\d+)$", out, re.MULTILINE))
    if numbers.get("Bad checksums") != "0":
        raise Trouble(f"bad checksums: {numbers.get('Bad checksums', 'unknown')}")
    return f"{numbers['Blocks scanned']} pages of {numbers['Files scanned']} files"


main()
