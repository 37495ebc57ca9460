/** What the `kasbah` command is made of: finding and running the engine, and the sandbox around it. */

export { cacheFolder } from "./engine/cache.ts";
export { type EngineEvent, outcome, readEvents } from "./engine/events.ts";
export { explain } from "./engine/explain.ts";
export { type Engine, type FindOptions, findEngine } from "./engine/find.ts";
export { languageHostEnvironment } from "./engine/host-script.ts";
export { type EngineResult, type RunOptions, runEngine } from "./engine/run.ts";
export { ENGINE_VERSION } from "./engine/version.ts";
export { EXIT, type ExitCode, UserError } from "./error.ts";
export { type Progress, progressOn, silent } from "./progress.ts";
export { openSandbox, type Sandbox } from "./sandbox/environment.ts";
export { makeSandboxFolder, sandboxFolder } from "./sandbox/folder.ts";
export { type Prepared, prepare } from "./sandbox/prepare.ts";
export { runInSandbox } from "./sandbox/run.ts";
