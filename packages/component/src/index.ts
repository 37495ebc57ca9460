export type {
  BackupJoined,
  BackupOutputs,
  Cloud,
  CloudLayers,
  IamOutputs,
  Layer,
  NetworkHolds,
  NetworkOutputs,
  ObjectStorageJoined,
  ObjectStorageOutputs,
  PostgresJoined,
  PostgresOutputs,
  VaultUse,
  Wired,
} from "./cloud.ts";
export { type ChildOptions, Component, type Override } from "./component.ts";
export { type LayerArgs, presetOf, type Scope } from "./scope.ts";
