import type { Estate } from "../estate.ts";
import { CONTAINER_PATHS, type Container, containersOf, type Variable } from "../facts/containers.ts";
import { modelProfile } from "../facts/region.ts";
import { at, keysOf, type Resource, text, UNKNOWN } from "../resource.ts";
import type { Flow, FlowReader, FlowReaders, MoveKind } from "./flow.ts";

/** What the name of a variable says of what is sent to the address in it. The first that fits counts. */
const NAMES: readonly (readonly [RegExp, MoveKind])[] = [
  [
    /OTEL_.*(ENDPOINT|URL)|OTLP|TRAC(E|ING)|JAEGER|ZIPKIN|SENTRY|DD_(AGENT|SITE|URL|APM)|NEW_RELIC|NEWRELIC|HONEYCOMB|LANGFUSE_(HOST|BASE)|LANGSMITH|LANGCHAIN_ENDPOINT|PHOENIX_COLLECTOR|APPLICATIONINSIGHTS/,
    "export-traces",
  ],
  [
    /LOKI|LOG(S|GING)?_|_LOG|SPLUNK|FLUENT|ELASTIC_APM|REMOTE_WRITE|PROMETHEUS_.*URL|METRICS_.*(URL|ENDPOINT)|PUSHGATEWAY|TELEMETRY_(URL|ENDPOINT|HOST)/,
    "ship-logs",
  ],
  [
    /OPENAI|ANTHROPIC|MISTRAL|COHERE|GROQ|TOGETHER|BEDROCK|VERTEX|GEMINI|LLM_|_LLM|MODEL_(URL|ENDPOINT|API|BASE)|EMBEDDING|INFERENCE|LITELLM|RERANK/,
    "call-model",
  ],
];

/** Addresses in the environment of a container. What is named for telemetry or models is judged wherever it leads. */
const environmentFlows = (containers: readonly Container[]): readonly Flow[] =>
  containers.flatMap(({ env, args, path }) => [
    ...env.flatMap(variableFlows),
    ...args.flatMap((arg) => argumentFlows(arg, path)),
  ]);

const URL = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]+/i;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i;

const variableFlows = ({ name, value, path }: Variable): readonly Flow[] => {
  if (value === undefined) return [];
  const kind = NAMES.find(([pattern]) => pattern.test(name.toUpperCase()))?.[1];
  if (value === UNKNOWN) {
    const sends = kind !== undefined && /URL|ENDPOINT|HOST|BASE|SITE|ADDR/i.test(name);
    return sends ? [{ kind, path, target: { to: "endpoint", url: UNKNOWN } }] : [];
  }
  if (modelProfile(value) !== undefined) return [{ kind: "call-model", path, target: { to: "model", model: value } }];
  const address = URL.test(value) ? value : HOST.test(value) && kind !== undefined ? value : undefined;
  if (address !== undefined)
    return [{ kind: kind ?? "replicate", path, target: { to: "endpoint", url: address, ...surely(kind) } }];
  const inside =
    kind === "export-traces" ? /(?:Endpoint|IngestionEndpoint)=(https?:[^;]+)/i.exec(value)?.[1] : undefined;
  return inside === undefined ? [] : [{ kind: "export-traces", path, target: { to: "endpoint", url: inside } }];
};

/** An address of which the name says nothing is judged only where it surely leads to another place. */
const surely = (kind: MoveKind | undefined): { readonly sure?: true } => (kind === undefined ? { sure: true } : {});

const ARGUMENT = /^--?([a-z][a-z0-9._-]*)[= ](\S+)$/i;

const argumentFlows = (arg: string, path: string): readonly Flow[] => {
  const [, name = "", value = ""] = ARGUMENT.exec(arg) ?? [];
  const kind = NAMES.find(([pattern]) => pattern.test(name.toUpperCase().replaceAll(/[.-]/g, "_")))?.[1];
  if (value === "" || kind === undefined || !(URL.test(value) || HOST.test(value))) return [];
  return [{ kind, path: `${path}.args`, target: { to: "endpoint", url: value } }];
};

const reader = (type: string): FlowReader => ({
  read: ({ props }) => environmentFlows(containersOf(type, props).containers),
  paths: CONTAINER_PATHS.get(type) ?? [],
  absent: "an environment without addresses",
  source: "OpenTelemetry specification, environment variables; the documentation of each SDK",
});

/** Keys of a collector's configuration after which an address stands. */
const SENT =
  /^\s*-?\s*(endpoint|url|push_url|server_url|host|dsn|traces_endpoint|metrics_endpoint|logs_endpoint)["']?\s*[:=]\s*["']?([^\s"'#,]+)/i;
const TELEMETRY =
  /otlp|\/api\/v\d\/(push|write|receive)|\/loki\/api|\/v1\/(traces|logs|metrics)|:4317|:4318|:55681|:9411|:14250|:14268|:24224|:8088|splunk|datadog|newrelic|honeycomb|grafana\.net|sentry/i;
const EXPORTERS = /^(\s*)(exporters|remote_write|clients|outputs?|sinks)["']?\s*:/i;

/** Addresses that a configuration file sends telemetry to: below exporters, or such as only telemetry has. */
const configurationFlows = (file: string, path: string): readonly Flow[] => {
  const flows: Flow[] = [];
  let below: number | undefined;
  for (const line of file.split("\n")) {
    const indent = line.length - line.trimStart().length;
    const section = EXPORTERS.exec(line);
    if (section !== null) below = section[1]?.length ?? 0;
    else if (below !== undefined && line.trim() !== "" && indent <= below && !line.trimStart().startsWith("-"))
      below = undefined;
    const [, , address] = SENT.exec(line) ?? [];
    if (address === undefined || address.includes("${") || /^(0\.0\.0\.0|localhost|127\.)/.test(address)) continue;
    if (below === undefined && !TELEMETRY.test(line)) continue;
    const kind =
      /trace|otlp|jaeger|zipkin|:431[78]|sentry/i.test(line) || below !== undefined ? "export-traces" : "ship-logs";
    flows.push({ kind, path, target: { to: "endpoint", url: address } });
  }
  return flows;
};

/** Small configuration: a key of the map is a variable. */
const configMap: FlowReader = {
  read: ({ props }: Resource, _: Estate) => {
    const data = at(props, "data");
    return keysOf(data).flatMap((key): readonly Flow[] => {
      const value = text(data, key);
      const path = `data.${key}`;
      if (value === UNKNOWN || value === undefined) return variableFlows({ name: key, value, path });
      return value.includes("\n") ? configurationFlows(value, path) : variableFlows({ name: key, value, path });
    });
  },
  paths: ["data"],
  absent: "no data",
  source: "OpenTelemetry Collector, Prometheus, Grafana Alloy and Fluent Bit documentation: exporters",
};

const collector: FlowReader = {
  read: ({ props }) => {
    const config = at(props, "spec", "config");
    if (typeof config === "string") return configurationFlows(config, "spec.config");
    const exporters = at(config, "exporters");
    return keysOf(exporters).flatMap((key) =>
      ["endpoint", "traces_endpoint", "logs_endpoint", "metrics_endpoint"].flatMap((name): readonly Flow[] => {
        const url = text(exporters, key, name);
        const path = `spec.config.exporters.${key}.${name}`;
        return url === undefined ? [] : [{ kind: "export-traces", path, target: { to: "endpoint", url } }];
      }),
    );
  },
  paths: ["spec.config"],
  absent: "no exporters",
  source: "OpenTelemetry Operator API, OpenTelemetryCollector",
};

/** What containers and their configuration send. */
export const containerFlows: FlowReaders = {
  ...Object.fromEntries([...CONTAINER_PATHS.keys()].map((type) => [type, [reader(type)]])),
  "kubernetes:core/v1:ConfigMap": [configMap],
  "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector": [collector],
  "kubernetes:opentelemetry.io/v1alpha1:OpenTelemetryCollector": [collector],
};
