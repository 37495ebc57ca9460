// Replaces the servers one after another under a write load, as the program does: node test/real/agent/replace.ts GENERATION
import { setTimeout as sleep } from "node:timers/promises";
import { Load } from "./load.ts";
import { DATABASE, object, passwordOf } from "./place.ts";
import { address, guest, kept, memberName, settings, start } from "./stage.ts";

const NUMBERS = ["1", "2", "3"] as const;
const generation = process.argv[2] ?? "0000000b";
const { place, login } = kept();

interface Report {
  readonly role: string;
  readonly healthy: boolean;
  readonly generation: string;
  readonly at: string;
  readonly error: string | null;
}

const report = async (number: string): Promise<Report> =>
  JSON.parse((await object(place, `/reports/${memberName(number)}.json`)).text);

const wait = async (what: string, check: () => Promise<boolean>): Promise<void> => {
  const from = Date.now();
  while (!(await check())) {
    if (Date.now() - from > 300_000) throw new Error(`${what}: not within 300 s`);
    await sleep(2000);
  }
  console.log(`${new Date().toISOString().slice(11, 19)} ${what}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
};

const load = new Load({
  hosts: NUMBERS.map(address),
  port: 6432,
  user: `kasbah_${login.number}`,
  password: await passwordOf(place, login.passwordRef),
  database: DATABASE,
  authority: (await object(place, "/reports/authority.crt")).text,
});
await load.start(4);
await sleep(5000);
await settings({ generation });
for (const number of NUMBERS) {
  await wait(`${number} is a standby, the others are healthy`, async () => {
    const mine = await report(number);
    const others = await Promise.all(NUMBERS.filter((other) => other !== number).map(report));
    return (
      mine.role === "standby" && others.every(({ healthy }) => healthy) && others.some(({ role }) => role === "leader")
    );
  });
  console.log(`   pauses until then: ${load.pauses().map(({ seconds }) => seconds.toFixed(1))}`);
  const from = new Date().toISOString();
  guest("stop", memberName(number));
  guest("delete", memberName(number));
  await start(number, generation);
  await wait(`${number} is back`, async () => {
    const mine = await report(number);
    return mine.generation === generation && mine.healthy && mine.at > from;
  });
  console.log(`   pauses meanwhile: ${load.pauses().map(({ seconds }) => seconds.toFixed(1))}`);
}
await sleep(5000);
await load.stop();
console.log(`${load.count} acknowledged, lost: ${(await load.lost()).length}`);
process.exit(0);
