export type { Clouds } from "./design.ts";
export { BAD_DECLARATION, loadDeclaration, REFUSED } from "./load.ts";
export { type Endpoint, Platform, type PlatformOptions } from "./platform.ts";
export { DECLARATION_FILE, OVERLAY, type ReadDeclaration, readDeclaration, readYaml } from "./read.ts";
