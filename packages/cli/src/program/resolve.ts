import { registerHooks } from "node:module";

/** Endings that a compiler would try for an import without one. */
const ENDINGS = [".ts", ".js", ".mts", ".mjs", ".json", "/index.ts", "/index.js"] as const;

/** Lets programs import their own files without an ending, or by the ending of what a compiler makes of them. */
export const resolveWithoutEnding = (): void => {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!/^\.{1,2}(\/|$)/.test(specifier)) throw error;
        const bare = specifier.replace(/\.m?js$/, "");
        for (const ending of ENDINGS) {
          try {
            return next(`${bare}${ending}`, context);
          } catch {
            // the next ending
          }
        }
        throw error;
      }
    },
  });
};
