import type { Cloud, LayerArgs, VaultUse, Wired } from "@kasbah/component";
import type { BackupSpec, DeclaredPlace, Problem, Workload } from "@kasbah/core";

/** A vault that a workload writes to. */
export interface DesignedVault {
  readonly name: string;
  readonly place: DeclaredPlace;
  readonly args: Wired<BackupSpec>;
  /** Where it was asked for in the workload. `""`: it is the workload's own. */
  readonly path: string;
}

/** Which vaults the workload's layer writes to; none where its cloud does not say. */
export const vaultUse = (workload: Workload, { layers }: Cloud, args: Wired<Workload>): VaultUse | undefined => {
  switch (workload.layer) {
    case "object-storage":
      return layers["object-storage"]?.vaults?.(args);
    case "postgres":
      return layers.postgres?.vaults?.(args);
  }
};

/** The vaults of a workload: that of its own place, and one in each place that it names for its backups. */
export const vaultsOf = (
  { name, backups, retentionDays }: Workload,
  own: DeclaredPlace,
  places: Readonly<Record<string, DeclaredPlace>>,
  { own: usesOwn, others }: VaultUse,
  { scope, class: level, datasets = [] }: LayerArgs,
): readonly DesignedVault[] => {
  const vault = (vaultName: string, place: DeclaredPlace, path: string): DesignedVault => {
    const args = { scope, class: level, datasets, place, ...(retentionDays === undefined ? {} : { retentionDays }) };
    return { name: vaultName, place, path, args };
  };
  const elsewhere = (others ? backups : []).flatMap((to, index) => {
    const place = places[to];
    return place === undefined || to === own.name ? [] : [vault(`${name}-backups-${to}`, place, `backups.${index}`)];
  });
  return [...(usesOwn ? [vault(`${name}-backups`, own, "")] : []), ...elsewhere];
};

/** What stands against a vault where it is wanted. */
export function* vaultProblems(
  { place, args, path }: DesignedVault,
  cloud: Cloud,
  own: DeclaredPlace,
): Generator<Problem> {
  if (place.cloud !== own.cloud) {
    yield {
      path,
      expected: `a place on ${own.cloud}, as ${own.name} is`,
      got: `${place.name} on ${place.cloud}`,
      mend: "choose a place of the same cloud: a layer writes to vaults of its own cloud only",
    };
    return;
  }
  const { backup } = cloud.layers;
  if (backup === undefined) {
    yield { path, expected: `a cloud with a backup layer`, got: place.cloud, mend: "remove it" };
    return;
  }
  const inside = path === "" ? "" : `${path}.`;
  for (const problem of backup.problems?.(args) ?? []) yield { ...problem, path: `${inside}${problem.path}` };
}
