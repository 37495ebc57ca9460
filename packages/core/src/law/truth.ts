/** Three-valued logic: a fact that is missing is `unknown`, never quietly false. */
export type Truth = true | false | "unknown";

export const not = (value: Truth): Truth => (value === "unknown" ? "unknown" : !value);
