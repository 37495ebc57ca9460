export type { Clouds } from "./design.ts";
export { loadDeclaration } from "./load.ts";
export { type Endpoint, Platform, type PlatformOptions } from "./platform.ts";
export {
  BAD_DECLARATION,
  DECLARATION_FILE,
  OVERLAY,
  REFUSED,
  type ReadDeclaration,
  readDeclaration,
  readYaml,
} from "./read.ts";
