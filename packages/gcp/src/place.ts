import type { GcpSettings, Place } from "@kasbah/core";

/** The project that a place names; without one, the provider's own: `GOOGLE_PROJECT` of the environment. */
export const projectOf = ({ settings }: Place): GcpSettings => {
  const { project } = settings;
  return typeof project === "string" ? { project } : {};
};
