import fs from "node:fs";
import { REFUSED } from "@kasbah/platform/read";
import { EXIT } from "../error.ts";

/** One line of the engine's event log, as far as we read it. */
export interface EngineEvent {
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
  readonly policyEvent?: { readonly enforcementLevel: string; readonly policyName: string; readonly message: string };
  readonly resOpFailedEvent?: { readonly metadata: { readonly urn: string; readonly op: string } };
  readonly summaryEvent?: { readonly result?: string; readonly resourceChanges: Readonly<Record<string, number>> };
}

/** Reads an event log; a last line that was cut off by a kill is left out. */
export function readEvents(file: string): EngineEvent[] {
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line) as EngineEvent] : [];
      } catch {
        return [];
      }
    });
}

/** The engine's own exit codes that say what the user typed wrong: 2 flags or configuration, 6 no such stack. */
const ENGINE_BAD_INPUT = [2, 6];

/** The SDK's words around an error that the program did not catch; what it says on purpose comes without them. */
const UNHANDLED = "failed with an unhandled exception";

/** The engine's own refusal, in a preview as well. */
const PROTECTED = /cannot be (deleted|replaced)\s+because it is protected/;

/**
 * What a run of the engine came to: 0 done, 1 refused by a mandatory policy, 2 bad input (a component or the declaration
 * said what is wrong with what it was given, or the command line was wrong), 4 anything else: the engine or a cloud.
 */
export function outcome(events: readonly EngineEvent[], code: number): 0 | 1 | 2 | 4 {
  if (code === 0) return EXIT.done;
  if (events.some((event) => event.policyEvent?.enforcementLevel === "mandatory")) return EXIT.refused;
  if (ENGINE_BAD_INPUT.includes(code)) return EXIT.badInput;
  const failed = new Set(events.flatMap((event) => event.resOpFailedEvent?.metadata.urn ?? []));
  if (failed.size > 0) return EXIT.engineOrCloud;
  const errors = events.flatMap((event) => (event.diagnosticEvent?.severity === "error" ? event.diagnosticEvent : []));
  if (errors.some(({ message }) => message.includes(REFUSED))) return EXIT.refused;
  const fromProgram = errors.filter(({ message }) => !message.includes(UNHANDLED) && !PROTECTED.test(message));
  return errors.length > 0 && fromProgram.length === errors.length ? EXIT.badInput : EXIT.engineOrCloud;
}
