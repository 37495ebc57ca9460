"""PgBouncer beside PostgreSQL. It runs on the member that leads and nowhere else, see kasbah-pooler."""
from common import AUTHORITY, CERTIFICATE, KEY, SOCKET, write
from shape import POOLER

CONFIGURATION, RULES = "/etc/kasbah/pgbouncer.ini", "/etc/kasbah/pgbouncer_hba.conf"


def render(member, settings):
    pooler, database = settings.get("pooler", {}), settings["database"]
    values = {
        "listen_addr": member["member"]["address"],
        "listen_port": 6432,
        "unix_socket_dir": "/run/kasbah",
        "pool_mode": "transaction",
        "auth_type": "hba",
        "auth_hba_file": RULES,
        "auth_user": POOLER,
        "auth_dbname": "postgres",
        "auth_query": "SELECT username, verifier FROM kasbah.login($1)",
        "client_tls_sslmode": "require",
        "client_tls_cert_file": CERTIFICATE,
        "client_tls_key_file": KEY,
        "client_tls_ca_file": AUTHORITY,
        "max_client_conn": pooler.get("maxClients", 500),
        "default_pool_size": pooler.get("poolSize", 20),
        "max_prepared_statements": 200,
        "server_idle_timeout": 60,
        "ignore_startup_parameters": "extra_float_digits",
        "log_connections": 0,
        "log_disconnections": 0,
    }
    text = f"[databases]\n{database} = host={SOCKET}\npostgres = host={SOCKET} pool_size=2\n[pgbouncer]\n" + "".join(f"{k} = {v}\n" for k, v in values.items())
    rules = f"local all all peer\nhostssl {database} all {settings['cidr']} scram-sha-256\n"
    changed = [write(CONFIGURATION, text, 0o640, group="postgres"), write(RULES, rules, 0o640, group="postgres")]
    return any(changed)
