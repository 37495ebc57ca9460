/** Three-valued logic: a fact that is missing is `unknown`, never quietly false. */
export type Truth = true | false | "unknown";

export const not = (value: Truth): Truth => (value === "unknown" ? "unknown" : !value);

/** False wins, then unknown: one false is enough to know. */
export const all = (values: readonly Truth[]): Truth => {
  if (values.includes(false)) return false;
  return values.includes("unknown") ? "unknown" : true;
};

/** True wins, then unknown: one true is enough to know. */
export const any = (values: readonly Truth[]): Truth => {
  if (values.includes(true)) return true;
  return values.includes("unknown") ? "unknown" : false;
};
