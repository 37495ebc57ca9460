export { loadDeclaration } from "./load.ts";
export type { Clouds } from "./placed.ts";
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
