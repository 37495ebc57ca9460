import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one plain line: `N passed, N failed`, and `, N skipped` when there are any. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[test.result().state] += 1;
      if (tests.length === 0 || module.errors().length > 0) count.failed += 1; // a file that could not be read
    }
    const failed = count.failed + count.pending;
    console.log(`\n${count.passed} passed, ${failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ""}`);
  }
}
