import { CLASSES, isClass, LABEL } from "@kasbah/core";
import { carriesLabels } from "../facts/data-types.ts";
import { labelOf } from "../facts/label.ts";
import { shown, UNKNOWN } from "../resource.ts";
import { cannotDecide, type Rule } from "./rule.ts";

const WANTED = `one of ${CLASSES.join(", ")}`;

export const requireClassLabel: Rule = {
  name: "require-class-label",
  severity: "high",
  description: "Every resource that can carry labels says of which class its data are.",
  serves: "FINOS CCC: data classification tagging; ISO/IEC 27001 A.5.13 labelling of information",
  remedy: `Put the label ${LABEL.class} on it, with ${WANTED}.`,
  judge: (resource, { estate }) => {
    if (!carriesLabels(resource)) return [];
    const label = labelOf(resource, estate);
    if (isClass(label.class)) return [];
    const path = `${label.path}.${LABEL.class}`;
    if (label.class === UNKNOWN) {
      return [cannotDecide(path, WANTED, `${path} is not known yet`, "Labels are plain values, not outputs.")];
    }
    const found = label.class === undefined ? "nothing" : shown(label.class);
    return [{ kind: "complaint", path, wanted: WANTED, found, mend: requireClassLabel.remedy }];
  },
};
