export { type Sandbox, type SandboxOptions, sandboxEnvironment } from "./environment.ts";
export { type Fault, type FaultCall, parseFaults } from "./faults.ts";
export { type DriftPatch, drift, listSandbox, type SandboxObject } from "./inspect.ts";
export { sandboxOperations } from "./operations.ts";
