interface Oneshot {
  readonly unit?: readonly string[];
  readonly service?: readonly string[];
  readonly install?: readonly string[];
}

const oneshot = (
  description: string,
  script: string,
  { unit = [], service = [], install = [] }: Oneshot = {},
): string =>
  [
    "[Unit]",
    `Description=${description}`,
    ...unit,
    "[Service]",
    "Type=oneshot",
    `ExecStart=/usr/local/sbin/${script}`,
    ...service,
    ...install,
    "",
  ].join("\n");

/** Once at every boot, and again every half minute until it has worked. */
const AT_BOOT: Oneshot = {
  service: ["RemainAfterExit=yes", "Restart=on-failure", "RestartSec=30", "TimeoutStartSec=30min"],
  install: ["[Install]", "WantedBy=multi-user.target"],
};

const timer = (description: string, calendar: string): string => `[Unit]
Description=${description}
[Timer]
OnCalendar=${calendar}
RandomizedDelaySec=15min
Persistent=true
[Install]
WantedBy=timers.target
`;

/** systemd units by path. PostgreSQL starts when its volume is mounted, and with the memory that it finds. */
export const UNITS: Readonly<Record<string, string>> = {
  "kasbah-volumes.service": oneshot("Volumes of PostgreSQL", "kasbah-volumes", AT_BOOT),
  "kasbah-bootstrap.service": oneshot("PostgreSQL as declared", "kasbah-bootstrap", {
    ...AT_BOOT,
    unit: ["Wants=network-online.target", "After=network-online.target kasbah-volumes.service"],
  }),
  "kasbah-backup.service": oneshot("Backup of PostgreSQL", "kasbah-backup", {
    service: ["ExecStartPre=/usr/local/sbin/kasbah-volumes"],
  }),
  "kasbah-backup.timer": timer("Nightly backup of PostgreSQL", "*-*-* 01:30:00"),
  "kasbah-tls.service": oneshot("Certificate of PostgreSQL", "kasbah-tls"),
  "kasbah-tls.timer": timer("Weekly look at the certificate of PostgreSQL", "Mon *-*-* 03:30:00"),
  "postgresql@17-main.service.d/kasbah.conf": `[Unit]
Requires=kasbah-volumes.service
After=kasbah-volumes.service
[Service]
ExecStartPre=+/usr/local/sbin/kasbah-memory
`,
};
