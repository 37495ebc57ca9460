import { moveRule } from "./moves.ts";
import type { Rule } from "./rule.ts";

export const keepCopiesInPermittedPlaces: Rule = moveRule(["replicate", "backup"], {
  name: "keep-copies-in-permitted-places",
  description: "Replicas, snapshots and backup copies stay in places where the law permits the data that they copy.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.replication"],
  remedy: "Copy to a permitted place, copy less, or put the formality that the law asks for on file.",
  onlyCatches: "a bucket at home that is replicated to one of public data abroad",
});

export const keepLogsInPermittedPlaces: Rule = moveRule(["ship-logs"], {
  name: "keep-logs-in-permitted-places",
  description: "Logs and metrics go to places where the law permits the data that they tell of.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.access-logs"],
  remedy: "Send them to a store in a permitted place, or put the formality that the law asks for on file.",
  onlyCatches: "a log group of restricted data whose subscription sends to a stream abroad",
});

export const keepTracesInPermittedPlaces: Rule = moveRule(["export-traces"], {
  name: "keep-traces-in-permitted-places",
  description: "Traces go to collectors where the law permits the data that pass through what is traced.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.replication"],
  remedy: "Send them to a collector in the cluster or in a permitted place.",
  onlyCatches: "an exporter endpoint abroad in a container's environment",
});

export const keepModelCallsInPermittedPlaces: Rule = moveRule(["call-model"], {
  name: "keep-model-calls-in-permitted-places",
  description: "Models are called where the law permits the data that prompts are made of.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.regions"],
  remedy: "Take a model, deployment type or inference profile that stays in permitted places.",
  onlyCatches: "a Global deployment of a model in an account at home",
});

export const keepKeysInPermittedPlaces: Rule = moveRule(["hold-keys"], {
  name: "keep-keys-in-permitted-places",
  description: "The keys of data are held where the law permits, by whom it permits.",
  serves: ["ccc.keys", "ma.security", "gdpr.security"],
  remedy: "Use a key of the data's own place, or put the formality that the law asks for on file.",
  onlyCatches: "a bucket at home that is encrypted with a key abroad",
});

export const keepDeliveryInPermittedPlaces: Rule = moveRule(["deliver"], {
  name: "keep-delivery-in-permitted-places",
  description: "Content is delivered, and traffic routed, only through places where the law permits the data.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.regions"],
  remedy: "Serve it from its own region, or keep what is not public off content delivery.",
  onlyCatches: "a distribution of a content delivery network in front of restricted data",
});
