/** Statements are not logged: what they carry would stand there in plain text. */
export const POSTGRESQL_CONF = `listen_addresses = '*'
port = 5432
ssl = on
ssl_cert_file = '/var/lib/postgresql/kasbah/tls/server.crt'
ssl_key_file = '/var/lib/postgresql/kasbah/tls/server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
log_connections = on
log_disconnections = on
`;

/** Over the network with TLS and a password only, and never as the superuser. */
export const hostRules = (cidr: string): string => `local all,replication postgres peer
hostssl all postgres all reject
hostssl all all ${cidr} scram-sha-256
host all all all reject
`;

/** Debian's package makes no cluster by itself: the volume is not there yet. */
export const NO_CLUSTER = "create_main_cluster = false\n";
