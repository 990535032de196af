import { defineConfig } from "vitest/config";

// A test ends when it is done. These limits are for what hangs: on a busy machine seconds say nothing. A core is not left free
// for whoever watches, for most tests wait for others.
export default defineConfig({
  test: { maxWorkers: "100%", testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 60_000 },
});
