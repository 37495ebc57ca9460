"""Roles, logins and databases, by the local socket as superuser. Each step leaves alone what is as it should be."""
import base64
import contextlib
import hashlib
import hmac
import secrets

import psycopg2
from psycopg2 import sql

from common import SOCKET, Trouble, read, run
from secret import KeyManager

OWNER = "kasbah"
LOGIN = r"^kasbah_[0-9]+$"
# What is lost at a takeover is set again by the next leader, so it waits for no standby; and no verifier gets into a log.
OPTIONS = (
    "-c synchronous_commit=local -c statement_timeout=120s -c lock_timeout=10s -c log_min_error_statement=panic")


held = {}


@contextlib.contextmanager
def session(name="postgres"):
    """A cursor on a connection that is kept, since each new one is written into the log."""
    try:
        if not alive(name):
            held[name] = psycopg2.connect(
                dbname=name, user="postgres", host=SOCKET, connect_timeout=5, application_name="kasbah-agent", options=OPTIONS)
            held[name].autocommit = True
            with held[name].cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = off")
        with held[name].cursor() as cursor:
            yield cursor
    except psycopg2.Error as failed:
        drop(name)
        raise Trouble(f"postgresql: {first(failed)}") from failed
    except Trouble:
        drop(name)
        raise


def alive(name):
    """Not so after a restart of PostgreSQL."""
    if name not in held:
        return False
    try:
        with held[name].cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except psycopg2.Error:
        drop(name)
        return False


def drop(name):
    if name in held:
        held.pop(name).close()


def first(error):
    return (str(error).strip().splitlines() or ["no answer"])[0]


def one(cursor, query, *values):
    cursor.execute(query, values)
    row = cursor.fetchone()
    return None if row is None else row[0]


def verifier(password):
    """RFC 5802 and 7677, in the form of PostgreSQL's pg_authid.rolpassword."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 4096)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [base64.b64encode(value).decode() for value in (salt, stored, server)]
    return f"SCRAM-SHA-256$4096:{text[0]}${text[1]}:{text[2]}"


def converge(settings, credential, identity):
    """All of it, as the settings say. `credential` opens the key manager; it is asked for passwords that are new."""
    manager = KeyManager(identity, credential)
    with session() as cursor:
        cursor.execute(read("/usr/local/lib/kasbah/base.sql").decode())
        database(cursor, settings["database"])
        role = f"{OWNER}_{settings['login']['number']}"
        cursor.execute("BEGIN")  # nobody sees a login that is not one yet; an error ends the session
        create(cursor, role)
        password(cursor, role, settings["login"]["passwordRef"], manager)
        cursor.execute("COMMIT")
    retrieval(settings)
    with session() as cursor:
        for group in settings.get("groups", []):
            role = f"{OWNER}_group_{group['name']}"
            if one(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                password(cursor, role, group["passwordRef"], manager)


def database(cursor, name):
    title = sql.Identifier(name)
    if not one(cursor, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER kasbah").format(title))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(title))
    with session(name) as inner:
        inner.execute("CREATE EXTENSION IF NOT EXISTS vector")
    drop(name)


def create(cursor, role):
    """A login that acts as the owner: what it makes is the owner's, and outlives the login."""
    title = sql.Identifier(role)
    if not one(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN IN ROLE kasbah").format(title))
        cursor.execute(sql.SQL("ALTER ROLE {} SET role = 'kasbah'").format(title))


def password(cursor, role, ref, manager):
    cursor.execute("SELECT ref, verifier FROM kasbah.logins WHERE role = %s", (role,))
    known, wanted = cursor.fetchone() or (None, None)
    if known != ref:
        wanted = verifier(manager.password(ref))
    elif one(cursor, "SELECT rolcanlogin AND rolpassword = %s FROM pg_authid WHERE rolname = %s", wanted, role):
        return
    cursor.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD %s").format(sql.Identifier(role)), (wanted,))
    cursor.execute(
        "INSERT INTO kasbah.logins VALUES (%s, %s, %s) ON CONFLICT (role) DO UPDATE SET (ref, verifier) = (excluded.ref, excluded.verifier)",
        (role, ref, wanted))


def retrieval(settings):
    """The script for access at the chunk, run as the owner of the database."""
    wanted = settings.get("retrieval")
    if wanted is None:
        return
    with session() as cursor:
        if one(cursor, "SELECT sha256 FROM kasbah.scripts WHERE name = 'retrieval'") == wanted["sha256"]:
            return
        run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", SOCKET, "-d", settings["database"],
            user="postgres", given=f"SET synchronous_commit = local;\nSET ROLE {OWNER};\n{wanted['script']}", timeout=600)
        cursor.execute(
            "INSERT INTO kasbah.scripts VALUES ('retrieval', %s) ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256",
            (wanted["sha256"],))


def mode():
    """Whether sessions may write by themselves: `on` is read-only."""
    with session() as cursor:
        return one(cursor, "SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only'")


def heartbeat():
    with session() as cursor:
        cursor.execute("INSERT INTO kasbah.heartbeat (at) VALUES (clock_timestamp()) ON CONFLICT (single) DO UPDATE SET at = excluded.at")


def archiver():
    """(last archived, last failure after it), in seconds."""
    with session() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM last_archived_time)::float8, extract(epoch FROM last_failed_time)::float8 FROM pg_stat_archiver")
        archived, failed = cursor.fetchone()
    return archived, failed if failed and failed > (archived or 0) else None
