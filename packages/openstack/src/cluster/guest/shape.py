"""What Patroni and PostgreSQL are told: this member's own part, and the part that all members share."""
import os

from common import AUTHORITY, BIN, CERTIFICATE, DATA, KEY, SOCKET, VOLUME

REPLICATION, REWIND, POOLER = "kasbah_replication", "kasbah_rewind", "kasbah_pooler"

# Shares and not figures: a flavor can change without a new server, and the next start fits the memory found.
# Sources: PostgreSQL 17, 19.4.1 (a quarter); PostgreSQL wiki, Tuning Your PostgreSQL Server (half, conservative);
# pgvector, README (an HNSW index is built much faster while its graph fits into maintenance_work_mem).
MEMORY = [("shared_buffers", 25, 1_048_576), ("effective_cache_size", 50, 1_048_576), ("maintenance_work_mem", 5, 2048)]

# Statements are not logged, and of an error its first line only: what they carry would stand there in plain text.
PARAMETERS = {
    "hot_standby": "on",
    "log_connections": "on",
    "log_disconnections": "on",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_line_prefix": "%q%u@%d ",
    "max_connections": 100,
    "max_replication_slots": 10,
    "max_wal_senders": 10,
    "password_encryption": "scram-sha-256",
    "tcp_keepalives_count": 3,
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 5,
    "wal_keep_size": "128MB",
    "wal_level": "replica",
    "wal_log_hints": "on",
    # A member that vanished without a word holds up commits for no longer than this.
    "wal_receiver_timeout": "10s",
    "wal_sender_timeout": "10s",
}

# What no setting may change: without it the cluster is not closed, or not a cluster.
FIXED = {
    "ssl": "on",
    "ssl_ca_file": AUTHORITY,
    "ssl_cert_file": CERTIFICATE,
    "ssl_key_file": KEY,
    "ssl_min_protocol_version": "TLSv1.2",
    "unix_socket_directories": SOCKET,
}


def memory(parameters):
    """Settings by this machine's memory, but for those that the declaration has."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return {name: f"{min(total * percent // 100, most)}MB" for name, percent, most in MEMORY if name not in parameters}


def volume_share(percent):
    found = os.statvfs(VOLUME)
    return f"{found.f_blocks * found.f_frsize * percent // 100 >> 20}MB"


def shared(settings, stanza, full):
    """The part in etcd. `full`: the volume is nearly full, and the database takes no more writes by itself."""
    backup = settings.get("backup", {})
    archive = f"pgbackrest --stanza={stanza} archive-push %p" if stanza else "/bin/true"
    defaults = PARAMETERS | {"max_slot_wal_keep_size": volume_share(20)}
    parameters = defaults | settings.get("parameters", {}) | {
        "archive_mode": "on",
        "archive_command": archive,
        "archive_timeout": f"{backup.get('logShippingSeconds', 60)}s",
    }
    if full:
        parameters["default_transaction_read_only"] = "on"
    return {
        # Patroni, Dynamic configuration: loop_wait + 2 * retry_timeout <= ttl. 20 is the least ttl that it takes, and
        # so the fastest takeover; 7 is the most patience with etcd that then fits.
        "ttl": 20,
        "loop_wait": 5,
        "retry_timeout": 7,
        "primary_start_timeout": 30,
        "primary_stop_timeout": 30,
        "failsafe_mode": True,
        "synchronous_mode": True,
        "synchronous_mode_strict": settings.get("synchronous") == "strict",
        "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": {k: str(v) for k, v in parameters.items()}},
    }


def host_rules(settings):
    """Over the network: TLS with a password and never as superuser; members by their certificates."""
    members = [member["address"] for member in settings["members"]]
    inner = ",".join(["postgres", REPLICATION, REWIND, POOLER])
    return [
        f"local all postgres,{POOLER} peer map=local",
        f"local replication {REPLICATION} peer map=local",
        f"local {settings['database']} all scram-sha-256",
        *(f"hostssl replication {REPLICATION} {address}/32 cert map=members" for address in members),
        *(f"hostssl postgres {REWIND} {address}/32 cert map=members" for address in members),
        f"host all {inner} all reject",
        f"hostssl {settings['database']} all {settings['cidr']} scram-sha-256",
        "host all all all reject",
    ]


def identities(settings):
    inside = [f"local {user} {role}" for user in ("postgres", "root") for role in ("postgres", POOLER)]
    across = [f"members {member['name']} {role}" for member in settings["members"] for role in (REPLICATION, REWIND)]
    return [*inside, f"local postgres {REPLICATION}", *across]


def own(member, settings, stanza):
    """Patroni's file on this member. JSON is YAML."""
    me, parameters = member["member"], settings.get("parameters", {})
    address, tls = me["address"], {"cacert": AUTHORITY, "certfile": CERTIFICATE, "keyfile": KEY}
    client = {"sslmode": "verify-full", "sslrootcert": AUTHORITY, "sslcert": CERTIFICATE, "sslkey": KEY}
    restore = {"restore_command": f"pgbackrest --stanza={stanza} archive-get %f \"%p\""} if stanza else {}
    return {
        "scope": settings["cluster"],
        "name": me["name"],
        "namespace": "/kasbah/",
        "log": {"format": "%(levelname)s: %(message)s"},
        "restapi": {
            "listen": f"{address}:8008", "connect_address": f"{address}:8008", "verify_client": "required",
            "cafile": AUTHORITY, "certfile": CERTIFICATE, "keyfile": KEY},
        "ctl": tls,
        "etcd3": {
            "hosts": [f"{entry['address']}:2379" for entry in settings["members"]], "protocol": "https",
            "cacert": AUTHORITY, "cert": CERTIFICATE, "key": KEY},
        "bootstrap": {
            "dcs": shared(settings, stanza, False),
            "method": "kasbah",
            "kasbah": {"command": "/usr/local/sbin/kasbah-database", "no_params": True, "keep_existing_recovery_conf": True},
            "post_bootstrap": "/bin/rm -f /var/lib/postgresql/beginning",
        },
        "postgresql": {
            "listen": f"{address}:5432", "connect_address": f"{address}:5432",
            "data_dir": DATA, "bin_dir": BIN, "pgpass": "/run/kasbah/pgpass",
            "use_unix_socket": True, "use_unix_socket_repl": True,
            "authentication": {
                "superuser": {"username": "postgres"},
                "replication": {"username": REPLICATION} | client,
                "rewind": {"username": REWIND} | client},
            "parameters": memory(parameters) | FIXED,
            "pg_hba": host_rules(settings),
            "pg_ident": identities(settings),
            "recovery_conf": restore,
            "basebackup": [{"checkpoint": "fast"}],
            "callbacks": dict.fromkeys(["on_start", "on_stop", "on_restart", "on_role_change"], "/usr/local/sbin/kasbah-role"),
            "remove_data_directory_on_rewind_failure": True,
            "remove_data_directory_on_diverged_timelines": True},
        "tags": {"generation": member["generation"]},
        "watchdog": {"mode": "off"},
    }
