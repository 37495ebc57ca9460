import { defineConfig } from "vitest/config";

const MINUTES = 60_000;

/** Tests against the lab (docs/real-parts.md): one file at a time, since they share two cores and boot whole machines. */
export default defineConfig({
  test: {
    include: ["test/real/**/*.test.ts"],
    globalSetup: "test/real/support/setup.ts",
    reporters: ["default"],
    testTimeout: 15 * MINUTES,
    hookTimeout: 15 * MINUTES,
    teardownTimeout: 2 * MINUTES,
    pool: "forks",
    maxWorkers: 1,
    unstubEnvs: true,
  },
});
