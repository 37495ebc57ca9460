/** Everything that a drill makes is called by this, or begins with it: so it is found again, also after a kill. */
export const copyName = (cluster: string, id: string): string => `${drillPrefix(cluster)}${id}`;

export const drillPrefix = (cluster: string): string => `${cluster}-drill-`;

/** Whether a drill of this cluster made what is called so. */
export const isOfDrill = (name: string, cluster: string): boolean => {
  const prefix = drillPrefix(cluster);
  return name.startsWith(prefix) && /^[0-9a-f]{8}(-[a-z0-9-]+)?$/.test(name.slice(prefix.length));
};

/** Objects in the copy's own container. */
export const OBJECTS = { alive: "alive", answered: "answered.json", findings: "drill.json" } as const;
