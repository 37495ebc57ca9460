import { defineConfig } from "vitest/config";

/** Long runs by hand: every create killed. */
export default defineConfig({ test: { include: ["test/soak/**/*.test.ts"], pool: "forks" } });
