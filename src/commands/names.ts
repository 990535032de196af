/** What the commands are called, for "did you mean": their list imports them all, and none of them can import it. */
export const COMMAND_NAMES = [
  "check",
  "fix",
  "undo",
  "verify",
  "why",
  "profiles",
  "explain",
  "rules",
  "completion",
  "init",
  "baseline",
  "vault",
];
