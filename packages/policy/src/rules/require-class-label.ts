import { CLASSES, isClass, LABEL } from "@kasbah/core/judge";
import { carriesLabels, labelOf } from "../facts/label.ts";
import { shown, UNKNOWN } from "../resource.ts";
import { cannotDecide, NOTHING, type Rule } from "./rule.ts";

const WANTED = `one of ${CLASSES.join(", ")}`;

export const requireClassLabel: Rule = {
  name: "require-class-label",
  severity: "high",
  description: "Every resource that can carry labels says of which class its data are.",
  serves: ["iso.labels"],
  remedy: `Put the label ${LABEL.class} on it, with ${WANTED}.`,
  onlyCatches: "a bucket without the label of its class",
  asks: () => true,
  judge: (resource, world) => {
    if (!carriesLabels(resource)) return NOTHING;
    const label = labelOf(resource, world);
    if (isClass(label.class)) return NOTHING;
    if (label.pending !== undefined) return [{ kind: "pending", path: label.pending }];
    const path = label.path === "" ? LABEL.class : `${label.path}.${LABEL.class}`;
    if (label.class === UNKNOWN) {
      return [cannotDecide(path, WANTED, `${path} is not known yet`, "Labels are plain values, not outputs.")];
    }
    const found = label.class === undefined ? "nothing" : shown(label.class);
    return [{ kind: "complaint", path, wanted: WANTED, found, mend: requireClassLabel.remedy }];
  },
};
