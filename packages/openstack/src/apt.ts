/** Debian's mirrors inside the place. */
export interface Mirrors {
  readonly main: string;
  readonly security: string;
}

/** Security updates are taken every night, of the declared mirrors. */
export const APT_CONF = `APT::Install-Recommends "false";
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
`;

/** The declared mirrors and no other. */
export const aptSources = ({ main, security }: Mirrors): string =>
  [source(main, "trixie trixie-updates"), source(security, "trixie-security")].join("\n");

const source = (uri: string, suites: string): string => `Types: deb
URIs: ${uri}
Suites: ${suites}
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
