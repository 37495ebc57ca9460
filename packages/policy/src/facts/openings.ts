import { at, flag, items, type Text, text, textOf, UNKNOWN } from "../resource.ts";

/** A rule of a network that lets traffic through. */
export interface Opening {
  readonly direction: "in" | "out";
  readonly path: string;
  /** Addresses at the other end. `undefined` in the list: any, because nothing is said. */
  readonly ranges: readonly Text[];
  /** Ports; empty: all of them. */
  readonly ports: readonly PortRange[];
}

export type PortRange = readonly [from: number, to: number];

type Reader = (props: unknown) => readonly Opening[];

const port = (value: unknown): number | undefined => {
  const found =
    typeof value === "number" ? value : typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
  return found === undefined || found < 0 ? undefined : found;
};

/** From one port to another; all of them when neither is said, or the protocol is every one. */
const range = (from: unknown, to: unknown, protocol: Text): readonly PortRange[] => {
  if (protocol === "-1" || protocol === "all" || protocol === "any" || protocol === "*") return [];
  const first = port(from) ?? port(to);
  if (first === undefined || (first === 0 && (port(to) ?? 0) === 0)) return [];
  return [[first, port(to) ?? first]];
};

/** `22`, `22-80`, `*`. */
const words = (values: readonly unknown[]): readonly PortRange[] => {
  const ranges: PortRange[] = [];
  for (const value of values) {
    const [, from, to] =
      /^(\d+)(?:-(\d+))?$/.exec(typeof value === "number" ? String(value) : typeof value === "string" ? value : "") ??
      [];
    if (from === undefined) return [];
    ranges.push([Number(from), Number(to ?? from)]);
  }
  return ranges;
};

const texts = (props: unknown, ...keys: readonly string[]): readonly Text[] =>
  keys.flatMap((key) => items(props, key).map((one): Text => textOf(one)));

/** Rules of a security group of AWS; one that names other groups or lists has no ranges of its own. */
const awsRules =
  (direction: "in" | "out", property: string): Reader =>
  (props) =>
    items(props, property).flatMap((rule, index) => {
      const path = `${property}.${index}`;
      if (rule === UNKNOWN) return [{ direction, path, ranges: [UNKNOWN], ports: [] }];
      const ranges = texts(rule, "cidrBlocks", "ipv6CidrBlocks");
      return [
        { direction, path, ranges, ports: range(at(rule, "fromPort"), at(rule, "toPort"), text(rule, "protocol")) },
      ];
    });

const awsGroup: Reader = (props) => [...awsRules("in", "ingress")(props), ...awsRules("out", "egress")(props)];

const awsRule: Reader = (props) => [
  {
    direction: text(props, "type") === "egress" ? "out" : "in",
    path: "cidrBlocks",
    ranges: texts(props, "cidrBlocks", "ipv6CidrBlocks"),
    ports: range(at(props, "fromPort"), at(props, "toPort"), text(props, "protocol")),
  },
];

const awsOne =
  (direction: "in" | "out"): Reader =>
  (props) => [
    {
      direction,
      path: text(props, "cidrIpv6") === undefined ? "cidrIpv4" : "cidrIpv6",
      ranges: texts(props, "cidrIpv4", "cidrIpv6"),
      ports: range(at(props, "fromPort"), at(props, "toPort"), text(props, "ipProtocol")),
    },
  ];

const azureRule = (rule: unknown, path: string): readonly Opening[] => {
  if (rule === UNKNOWN) return [{ direction: "in", path, ranges: [UNKNOWN], ports: [] }];
  if (text(rule, "access") === "Deny") return [];
  const out = text(rule, "direction") === "Outbound";
  const side = out ? "destination" : "source";
  const ports = [...items(rule, "destinationPortRange"), ...items(rule, "destinationPortRanges")];
  return [
    {
      direction: out ? "out" : "in",
      path: `${path === "" ? "" : `${path}.`}${side}AddressPrefix`,
      ranges: texts(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`),
      ports: words(ports),
    },
  ];
};

/** Azure's own databases: addresses from a first to a last. */
const azureFirewall: Reader = (props) => {
  const [first, last] = [
    text(props, "startIpAddress") ?? text(props, "startIP"),
    text(props, "endIpAddress") ?? text(props, "endIP"),
  ];
  const wide = first === "0.0.0.0" && (last === "255.255.255.255" || last === "0.0.0.0");
  const halves =
    typeof first === "string" &&
    typeof last === "string" &&
    Number(last.split(".")[0]) - Number(first.split(".")[0]) >= 64;
  const unknown = first === UNKNOWN || last === UNKNOWN;
  return [
    {
      direction: "in",
      path: "startIpAddress",
      ranges: [unknown ? UNKNOWN : wide || halves ? "0.0.0.0/0" : "named"],
      ports: [],
    },
  ];
};

const googleFirewall: Reader = (props) => {
  if (flag(props, "disabled") === true || items(props, "allows").length === 0) return [];
  const out = text(props, "direction") === "EGRESS";
  const key = out ? "destinationRanges" : "sourceRanges";
  const named = !out && (items(props, "sourceTags").length > 0 || items(props, "sourceServiceAccounts").length > 0);
  const said = texts(props, key);
  const ranges = said.length > 0 ? said : named ? [] : [undefined];
  return items(props, "allows").map((allow): Opening => {
    const ports = allow === UNKNOWN ? [] : words(items(allow, "ports"));
    const protocol = allow === UNKNOWN ? undefined : text(allow, "protocol");
    return { direction: out ? "out" : "in", path: key, ranges, ports: protocol === "icmp" ? [[0, 0]] : ports };
  });
};

const googlePolicyRule: Reader = (props) => {
  if (flag(props, "disabled") === true || text(props, "action") !== "allow") return [];
  const out = text(props, "direction") === "EGRESS";
  const key = out ? "destIpRanges" : "srcIpRanges";
  const configs = items(props, "match", "layer4Configs");
  return configs.map(
    (config): Opening => ({
      direction: out ? "out" : "in",
      path: `match.${key}`,
      ranges: texts(at(props, "match"), key),
      ports: config === UNKNOWN ? [] : words(items(config, "ports")),
    }),
  );
};

const openstackRule: Reader = (props) => {
  const prefix = text(props, "remoteIpPrefix");
  const grouped = at(props, "remoteGroupId") !== undefined;
  return [
    {
      direction: text(props, "direction") === "egress" ? "out" : "in",
      path: "remoteIpPrefix",
      ranges: prefix === undefined && grouped ? [] : [prefix],
      ports: range(at(props, "portRangeMin"), at(props, "portRangeMax"), text(props, "protocol")),
    },
  ];
};

/** A new group lets everything out, unless its default rules are deleted. */
const openstackGroup: Reader = (props) =>
  flag(props, "deleteDefaultRules") === true
    ? []
    : [{ direction: "out", path: "deleteDefaultRules", ranges: [undefined], ports: [] }];

const oldOpenstackGroup: Reader = (props) =>
  items(props, "rules").map(
    (rule, index): Opening => ({
      direction: "in",
      path: `rules.${index}.cidr`,
      ranges: rule === UNKNOWN ? [UNKNOWN] : texts(rule, "cidr"),
      ports: rule === UNKNOWN ? [] : range(at(rule, "fromPort"), at(rule, "toPort"), text(rule, "ipProtocol")),
    }),
  );

/** Rules of a network policy; one that names no peer speaks of everybody. */
const networkPolicy: Reader = (props) => [
  ...policyRules(props, "in", "ingress", "from"),
  ...policyRules(props, "out", "egress", "to"),
];

const policyRules = (props: unknown, direction: "in" | "out", key: string, side: string): readonly Opening[] =>
  items(props, "spec", key).flatMap((rule, index): readonly Opening[] => {
    const path = `spec.${key}.${index}`;
    if (rule === UNKNOWN) return [{ direction, path, ranges: [UNKNOWN], ports: [] }];
    const ports = words(items(rule, "ports").map((one) => (one === UNKNOWN ? undefined : at(one, "port"))));
    const peers = items(rule, side);
    if (peers.length === 0) return [{ direction, path, ranges: [undefined], ports }];
    const ranges = peers.flatMap((peer): readonly Text[] => {
      if (peer === UNKNOWN) return [UNKNOWN];
      const block = text(peer, "ipBlock", "cidr");
      return block === undefined ? [] : [block];
    });
    return [{ direction, path: `${path}.${side}`, ranges, ports }];
  });

const ciliumPolicy: Reader = (props) =>
  items(props, "spec", "egress").flatMap((rule, index): readonly Opening[] => {
    const path = `spec.egress.${index}`;
    if (rule === UNKNOWN) return [{ direction: "out", path, ranges: [UNKNOWN], ports: [] }];
    const world = texts(rule, "toEntities").some((one) => one === "world" || one === "all");
    return [{ direction: "out", path, ranges: [...(world ? ["0.0.0.0/0"] : []), ...texts(rule, "toCIDR")], ports: [] }];
  });

interface OpeningReader {
  readonly read: Reader;
  readonly paths: readonly string[];
}

/** How the rules of each type are read, and the properties that are. */
export const OPENINGS: ReadonlyMap<string, OpeningReader> = new Map<string, OpeningReader>([
  ...["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"].map(
    (type) =>
      [
        type,
        {
          read: awsGroup,
          paths: ["ingress", "egress"].flatMap((key) =>
            ["cidrBlocks", "ipv6CidrBlocks", "fromPort", "toPort", "protocol"].map((name) => `${key}.*.${name}`),
          ),
        },
      ] as const,
  ),
  [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { read: awsRule, paths: ["type", "cidrBlocks", "ipv6CidrBlocks", "fromPort", "toPort", "protocol"] },
  ],
  ...(["in", "out"] as const).map((direction) => {
    const name = direction === "in" ? "Ingress" : "Egress";
    const paths = ["cidrIpv4", "cidrIpv6", "fromPort", "toPort", "ipProtocol"];
    return [`aws:vpc/securityGroup${name}Rule:SecurityGroup${name}Rule`, { read: awsOne(direction), paths }] as const;
  }),
  [
    "azure-native:network:NetworkSecurityGroup",
    {
      read: (props) =>
        items(props, "securityRules").flatMap((rule, index) => azureRule(rule, `securityRules.${index}`)),
      paths: [
        "access",
        "direction",
        "sourceAddressPrefix",
        "sourceAddressPrefixes",
        "destinationAddressPrefix",
        "destinationAddressPrefixes",
        "destinationPortRange",
        "destinationPortRanges",
      ].map((name) => `securityRules.*.${name}`),
    },
  ],
  [
    "azure-native:network:SecurityRule",
    {
      read: (props) => azureRule(props, ""),
      paths: [
        "access",
        "direction",
        "sourceAddressPrefix",
        "sourceAddressPrefixes",
        "destinationAddressPrefix",
        "destinationAddressPrefixes",
        "destinationPortRange",
        "destinationPortRanges",
      ],
    },
  ],
  ...[
    "azure-native:sql:FirewallRule",
    "azure-native:dbforpostgresql:FirewallRule",
    "azure-native:dbformysql:FirewallRule",
    "azure-native:synapse:IpFirewallRule",
  ].map((type) => [type, { read: azureFirewall, paths: ["startIpAddress", "endIpAddress"] }] as const),
  ["azure-native:redis:RedisFirewallRule", { read: azureFirewall, paths: ["startIP", "endIP"] }],
  [
    "gcp:compute/firewall:Firewall",
    {
      read: googleFirewall,
      paths: [
        "disabled",
        "direction",
        "destinationRanges",
        "sourceRanges",
        "sourceTags",
        "sourceServiceAccounts",
        "allows.*.ports",
        "allows.*.protocol",
      ],
    },
  ],
  ...[
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
    "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  ].map(
    (type) =>
      [
        type,
        {
          read: googlePolicyRule,
          paths: [
            "disabled",
            "action",
            "direction",
            "match.srcIpRanges",
            "match.destIpRanges",
            "match.layer4Configs.*.ports",
          ],
        },
      ] as const,
  ),
  [
    "openstack:networking/secGroupRule:SecGroupRule",
    {
      read: openstackRule,
      paths: ["direction", "remoteIpPrefix", "remoteGroupId", "portRangeMin", "portRangeMax", "protocol"],
    },
  ],
  ["openstack:networking/secGroup:SecGroup", { read: openstackGroup, paths: ["deleteDefaultRules"] }],
  [
    "openstack:compute/secGroup:SecGroup",
    { read: oldOpenstackGroup, paths: ["cidr", "fromPort", "toPort", "ipProtocol"].map((name) => `rules.*.${name}`) },
  ],
  [
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    {
      read: networkPolicy,
      paths: ["spec.ingress.*.from.*.ipBlock.cidr", "spec.egress.*.to.*.ipBlock.cidr", "spec.egress.*.ports.*.port"],
    },
  ],
  ...["kubernetes:cilium.io/v2:CiliumNetworkPolicy", "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy"].map(
    (type) => [type, { read: ciliumPolicy, paths: ["spec.egress.*.toEntities", "spec.egress.*.toCIDR"] }] as const,
  ),
]);

const WORLD = /^(0\.0\.0\.0\/0|::\/0|0::\/0|\*|any|internet|0\.0\.0\.0\/1|128\.0\.0\.0\/1)$/i;

/** Whether a range is everybody; one that is not said is. What is not known yet may be. */
export const isWorld = (one: Text): boolean | undefined =>
  one === UNKNOWN ? undefined : one === undefined || WORLD.test(one);
