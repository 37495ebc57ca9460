// Pulls the plug of whoever leads, under a write load: node test/real/agent/failover.ts [TIMES] [kill|cut|power] [PORT]
import { setTimeout as sleep } from "node:timers/promises";
import { Load } from "./load.ts";
import { DATABASE, object, passwordOf } from "./place.ts";
import { address, guest, kept, memberName } from "./stage.ts";

const NUMBERS = ["1", "2", "3"] as const;
const [times = "3", how = "kill", port = "6432"] = process.argv.slice(2);

interface Member {
  readonly Member: string;
  readonly Role: string;
  readonly State: string;
}

const members = (): readonly Member[] => {
  for (const number of NUMBERS) {
    const { status, out } = guest(
      "exec",
      memberName(number),
      "patronictl",
      "-c",
      "/etc/patroni/config.yml",
      "list",
      "-f",
      "json",
    );
    if (status === 0) return JSON.parse(out);
  }
  return [];
};

const whole = async (): Promise<number> => {
  const from = Date.now();
  for (;;) {
    const found = members();
    const good = found.filter(({ Role, State }) => (Role === "Leader" ? State === "running" : State === "streaming"));
    if (good.length === 3 && found.some(({ Role }) => Role === "Sync Standby")) return (Date.now() - from) / 1000;
    if (Date.now() - from > 300_000) throw new Error(JSON.stringify(found));
    await sleep(1000);
  }
};

const { place, login } = kept();
const authority = (await object(place, "/reports/authority.crt")).text;
const load = new Load({
  hosts: NUMBERS.map(address),
  port: Number(port),
  user: `kasbah_${login.number}`,
  password: await passwordOf(place, login.passwordRef),
  database: DATABASE,
  authority,
});
await whole();
await load.start(8);
for (let round = 1; round <= Number(times); round++) {
  await sleep(8000);
  const leader = members().find(({ Role }) => Role === "Leader")?.Member ?? "";
  load.pauses();
  const before = load.count;
  const at = Date.now();
  if (how === "cut") guest("cut", leader);
  else if (how === "power") guest("stop", leader);
  else guest("kill", leader);
  await sleep(40_000);
  const pauses = load
    .pauses()
    .map(({ from, seconds }) => `${seconds.toFixed(1)} s (from ${((from - at) / 1000).toFixed(1)})`);
  if (how === "cut") guest("heal", leader);
  else guest("boot", leader);
  const again = await whole();
  console.log(
    `${round}: ${leader} ${how}: writes paused ${pauses.join(", ")}; whole again ${again.toFixed(0)} s after its return; ` +
      `${before} before, ${load.count - before} since; further pauses ${load
        .pauses()
        .map(({ seconds }) => seconds.toFixed(1))
        .join(", ")}`,
  );
}
await load.stop();
console.log(`${load.count} acknowledged, lost: ${(await load.lost()).length}`);
console.log([...load.errors].map(([text, count]) => `${count} x ${text}`).join("\n"));
process.exit(0);
