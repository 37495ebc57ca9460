interface Share {
  readonly setting: string;
  /** Percent of the machine's memory. */
  readonly percent: number;
  readonly maxMiB?: number;
  readonly source: string;
}

/** Shares and not figures: a flavor can change without a new server, and the next start fits the memory found. */
export const MEMORY: readonly Share[] = [
  { setting: "shared_buffers", percent: 25, source: "PostgreSQL 17, 19.4.1: 25 % of the memory is a reasonable start" },
  {
    setting: "effective_cache_size",
    percent: 50,
    source: "PostgreSQL wiki, Tuning Your PostgreSQL Server: half of the memory is the conservative setting",
  },
  {
    setting: "maintenance_work_mem",
    percent: 5,
    maxMiB: 2048,
    source: "pgvector, README: an HNSW index is built much faster while its graph fits into maintenance_work_mem",
  },
];

const line = ({ setting, percent, maxMiB = 1_048_576 }: Share): string => `share ${setting} ${percent} ${maxMiB}`;

export const MEMORY_SCRIPT = `#!/bin/bash
set -euo pipefail
total=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
share() { # SETTING PERCENT MAX
  local mib=$((total * $2 / 100))
  if [ "$mib" -gt "$3" ]; then mib=$3; fi
  echo "$1 = $mib"MB
}
{
${MEMORY.map(line).join("\n")}
} >/etc/postgresql/17/main/conf.d/kasbah-memory.conf
chmod 0644 /etc/postgresql/17/main/conf.d/kasbah-memory.conf
`;
