import { expect } from "vitest";
import { type PlatformWorkspace, platformWorkspace } from "./platform.ts";

/** When the engine is killed: before the cloud has made the object, or after it, with the answer lost. */
export type Moment = "before" | "after";

/** Objects of a platform that came up without a fault, counted by type: what must be there after any kill. */
export const census = (objects: readonly { readonly type: string }[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { type } of objects) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

const keys = (objects: readonly { readonly type: string; readonly id: string }[]): readonly string[] =>
  objects.map(({ type, id }) => `${type} ${id}`).sort();

/** Nothing twice, nothing lost: the cloud has what a whole run makes, and the state knows each of it by its id. */
const expectAgreement = async (
  workspace: PlatformWorkspace,
  whole: Readonly<Record<string, number>>,
): Promise<void> => {
  const objects = await workspace.objects();
  expect(census(objects)).toEqual(whole);
  expect(keys(workspace.stateObjects())).toEqual(keys(objects));
};

/** The engine alone, on the sandbox: what `kasbah up` does around it is tested elsewhere. */
const bringUp = (workspace: PlatformWorkspace) =>
  workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");

/** Kills the engine at one create, recovers, goes on, and looks. */
export const killAndRecover = async (
  create: number,
  moment: Moment,
  whole: Readonly<Record<string, number>>,
  type?: string,
): Promise<void> => {
  const workspace = platformWorkspace();
  try {
    workspace.faults([
      { on: "create", nth: create, do: `kill-engine-${moment}`, ...(type === undefined ? {} : { type }) },
    ]);
    const killed = await bringUp(workspace);
    expect(killed.code, killed.all).toBe(137); // SIGKILL
    workspace.faults([]);
    const recovered = await workspace.kasbah("recover", "--sandbox");
    expect(recovered.code, recovered.all).toBe(0);
    expect(recovered.all).toMatch(
      moment === "after" ? /found in the cloud, now in the state/ : /never made|Resources:/,
    );
    const up = await bringUp(workspace);
    expect(up.code, up.all).toBe(0);
    expect(up.all).not.toMatch(/\b(updated|replaced|deleted)\b/); // what is there stays as it is
    await expectAgreement(workspace, whole);
  } finally {
    workspace.close();
  }
};

/** A run without a fault: how many creates there are to be killed at, and what they make. */
export const wholeRun = async (): Promise<Readonly<Record<string, number>>> => {
  const workspace = platformWorkspace();
  try {
    const up = await bringUp(workspace);
    expect(up.code, up.all).toBe(0);
    const objects = await workspace.objects();
    await expectAgreement(workspace, census(objects));
    return census(objects);
  } finally {
    workspace.close();
  }
};
