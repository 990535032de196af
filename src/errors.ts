/** Exit codes. They never depend on the format of the report. */
export const EXIT = {
  ok: 0,
  findings: 1,
  /** Of `vault` and what is below it, for anything that went wrong: scripts know it so from aws-vault. */
  failed: 1,
  usage: 2,
  incomplete: 3,
  fixFailed: 4,
  bug: 70,
  /** As shells say it of a command that is there and cannot be run, and of one that is not there. */
  cannotRun: 126,
  noProgram: 127,
  interrupted: 130,
} as const;

/** The user's trouble: one line that says what, where and why, a hint what to do, and an exit code. Ours has a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: number;

  constructor(code: string, message: string, more: { hint?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.code = code;
    this.hint = more.hint;
    this.exitCode = more.exitCode ?? EXIT.usage;
  }
}
