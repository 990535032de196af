import { defineConfig } from "vitest/config";

// A test ends when it is done. These limits are for what hangs: on a busy machine seconds say nothing.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 60_000 } });
