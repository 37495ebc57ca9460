"""The login before: it stays open until the new one has been seen in use and nobody uses the old one."""
import csv
import io
import re

from psycopg2 import sql

from common import active, run
from database import LOGIN, OWNER, session


def state():
    """(number, previous, sessions by login), on any member: roles are the same on all."""
    with session() as cursor:
        cursor.execute("SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ %s", (LOGIN,))
        logins = dict(cursor.fetchall())
        cursor.execute("SELECT usename, count(*) FROM pg_stat_activity WHERE usename ~ %s GROUP BY 1", (LOGIN,))
        sessions = dict(cursor.fetchall())
    number = max((int(role.rsplit("_", 1)[1]) for role, may in logins.items() if may), default=None)
    former = [may for role, may in logins.items() if role != f"{OWNER}_{number}"]
    previous = "none" if not former else "open" if any(former) else "closed"
    if previous == "open":
        for user in waiting():
            sessions[user] = sessions.get(user, 0) + 1
    return number, previous, sessions


def waiting():
    """Who is connected to the pooler, also without a transaction. Nobody where it does not run."""
    if not active("pgbouncer"):
        return []
    out = run("psql", "-X", "-h", "/run/kasbah", "-p", "6432", "-U", "pgbouncer", "-d", "pgbouncer", "--csv", "-c", "SHOW CLIENTS",
              user="postgres", timeout=10)
    return [row["user"] for row in csv.DictReader(io.StringIO(out)) if re.fullmatch(LOGIN, row["user"])]


def used(role, sessions):
    """Now, or at some time since this server's start: the log knows each login."""
    return sessions.get(role, 0) > 0 or run(
        "sh", "-c", 'journalctl --quiet --boot --unit=patroni.service --lines=1 --grep="$0" || true',
        f"connection authorized: user={role} ", timeout=60) != ""


def close(number, elsewhere):
    """On the leader. `elsewhere`: sessions on the standbys, by login."""
    current = f"{OWNER}_{number}"
    _, previous, here = state()
    sessions = {role: here.get(role, 0) + elsewhere.get(role, 0) for role in here | elsewhere}
    if previous == "open" and not any(count for role, count in sessions.items() if role != current) and used(current, sessions):
        with session() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname ~ %s AND rolname <> %s AND rolcanlogin", (LOGIN, current))
            for (role,) in cursor.fetchall():
                cursor.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))


def evict():
    """On every member: who may log in no more has no session."""
    with session() as cursor:
        cursor.execute("""SELECT pg_terminate_backend(pid) FROM pg_stat_activity JOIN pg_roles ON rolname = usename
            WHERE usename ~ %s AND NOT rolcanlogin""", (LOGIN,))
