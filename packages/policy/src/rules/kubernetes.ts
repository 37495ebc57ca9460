import { split } from "../facts/check.ts";
import { containersOf, PODS, runsContainers } from "../facts/containers.ts";
import { at, flag, items, type Resource, shown, text, UNKNOWN } from "../resource.ts";
import { within } from "./check-rule.ts";
import { type Answer, cannotDecide, NOTHING, type Rule } from "./rule.ts";

/** Annotations by which a load balancer stays inside. Source: the documentation of the clouds' service controllers. */
const INTERNAL: readonly (readonly [key: string, value: RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/i],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/i],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/i],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/i],
];

/** Services that stand open to who reaches the nodes or the cloud's load balancer. */
export const exposedServices = ({ type, props }: Resource): readonly Answer[] => {
  if (type !== "kubernetes:core/v1:Service") return NOTHING;
  const kind = text(props, "spec", "type");
  const wanted = "a service of the cluster, or a load balancer that stays inside";
  if (kind === UNKNOWN) return [cannotDecide("spec.type", wanted, "spec.type is not known yet", MEND)];
  if (kind === "NodePort") return [complaint("spec.type", wanted, "NodePort, open on every node")];
  if (kind !== "LoadBalancer") return NOTHING;
  const annotations = at(props, "metadata", "annotations");
  const inside = INTERNAL.some(([key, value]) => {
    const said = text(annotations, key);
    return typeof said === "string" && value.test(said);
  });
  if (inside || items(props, "spec", "loadBalancerSourceRanges").length > 0) return NOTHING;
  return [complaint("spec.type", wanted, "LoadBalancer, open to the world")];
};

const MEND = "Use ClusterIP behind an ingress, an internal load balancer, or name its source ranges.";
const complaint = (path: string, wanted: string, found: string, mend: string = MEND): Answer => ({
  kind: "complaint",
  path,
  wanted,
  found,
  mend,
});

/** What Pod Security Standards call dangerous beyond the default set. Source: kubernetes.io, Pod Security Standards, baseline. */
const CAPABILITIES =
  /^(CAP_)?(ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|SYS_BOOT|SYS_TIME|NET_ADMIN|NET_RAW|DAC_READ_SEARCH|BPF|PERFMON|MAC_ADMIN|MAC_OVERRIDE|SYSLOG)$/;
const SHARED = ["hostNetwork", "hostPID", "hostIPC"] as const;
const CONFINED = "a container that is confined";
const CONFINE = "Take it away, or give the workload a namespace and a waiver of its own.";

const judgePod = (resource: Resource): readonly Answer[] => {
  const prefix = PODS.get(resource.type);
  if (prefix === undefined) return NOTHING;
  const pod = at(resource.props, ...split(prefix));
  if (pod === UNKNOWN) return [cannotDecide(prefix, CONFINED, `${prefix} is not known yet`, CONFINE)];
  const answers: Answer[] = [];
  const say = (path: string, found: string): void => {
    answers.push(complaint(`${prefix}.${path}`, CONFINED, found, CONFINE));
  };
  for (const key of SHARED) if (refuses(flag(pod, key))) say(key, `${key} of the node`);
  for (const [index, volume] of items(pod, "volumes").entries()) {
    if (at(volume, "hostPath") !== undefined) say(`volumes.${index}.hostPath`, "a folder of the node");
  }
  securityContext(at(pod, "securityContext"), "securityContext", say);
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const [index, container] of items(pod, list).entries()) {
      const path = `${list}.${index}`;
      if (container === UNKNOWN) continue;
      securityContext(at(container, "securityContext"), `${path}.securityContext`, say);
      for (const [number, port] of items(container, "ports").entries()) {
        const host = at(port, "hostPort");
        if (host !== undefined && host !== 0 && host !== null)
          say(`${path}.ports.${number}.hostPort`, "a port of the node");
      }
    }
  }
  return answers;
};

/** Unknown is not confined. */
const refuses = (value: boolean | typeof UNKNOWN | undefined): boolean => value === true || value === UNKNOWN;

const securityContext = (context: unknown, path: string, say: (path: string, found: string) => void): void => {
  if (context === undefined || context === null) return;
  if (context === UNKNOWN) {
    say(path, "something that is not known yet");
    return;
  }
  if (refuses(flag(context, "privileged"))) say(`${path}.privileged`, "a privileged container");
  if (flag(context, "allowPrivilegeEscalation") === true)
    say(`${path}.allowPrivilegeEscalation`, "privilege escalation");
  if (flag(context, "runAsNonRoot") === false) say(`${path}.runAsNonRoot`, "root");
  if (at(context, "runAsUser") === 0) say(`${path}.runAsUser`, "root");
  if (text(context, "procMount") === "Unmasked") say(`${path}.procMount`, "an unmasked /proc");
  if (text(context, "seccompProfile", "type") === "Unconfined")
    say(`${path}.seccompProfile.type`, "no seccomp profile");
  if (flag(context, "windowsOptions", "hostProcess") === true)
    say(`${path}.windowsOptions.hostProcess`, "a process of the node");
  for (const [index, one] of items(context, "capabilities", "add").entries()) {
    if (one === UNKNOWN || (typeof one === "string" && CAPABILITIES.test(one))) {
      say(`${path}.capabilities.add.${index}`, one === UNKNOWN ? "something that is not known yet" : shown(one));
    }
  }
};

/** Containers of other orchestrators that may do what the machine may. */
const judgeOthers = ({ type, props }: Resource): readonly Answer[] =>
  type === "aws:ecs/taskDefinition:TaskDefinition" || type === "aws:batch/jobDefinition:JobDefinition"
    ? containersOf(type, props).containers.flatMap(({ raw, path }) =>
        flag(raw, "privileged") === true
          ? [complaint(`${path}.privileged`, CONFINED, "a privileged container", CONFINE)]
          : NOTHING,
      )
    : NOTHING;

export const keepWorkloadsConfined: Rule = {
  name: "keep-workloads-confined",
  severity: "high",
  description: "Containers stay in their confinement: nothing of the node, no dangerous capability, not root by name.",
  serves: ["ccc.untrusted", "cis.k8s.privileged", "gdpr.security"],
  remedy: CONFINE,
  onlyCatches: "a pod that mounts a folder of its node",
  asks: (type) => PODS.has(type) || runsContainers(type),
  judge: within({ from: "public", unlabelled: true }, (resource) => [...judgePod(resource), ...judgeOthers(resource)]),
};
