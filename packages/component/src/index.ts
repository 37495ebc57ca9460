export type {
  BackupOutputs,
  Cloud,
  CloudLayers,
  Layer,
  NetworkOutputs,
  ObjectStorageOutputs,
  PostgresJoined,
  PostgresOutputs,
  Wired,
} from "./cloud.ts";
export { type ChildOptions, Component, type Override } from "./component.ts";
export { type LayerArgs, presetOf, type Scope } from "./scope.ts";
