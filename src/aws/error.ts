/** What AWS answered instead of what it was asked for, or that nobody answered. Holds no secret. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  /** Such as `STS: AssumeRole`. */
  readonly operation: string;
  /** AWS's own, such as `AccessDenied`; for a call that nobody answered, what Node says, such as `ECONNREFUSED`. */
  readonly code: string;
  /** AWS's own words. */
  readonly says: string;
  /** Of the HTTP answer; undefined where none came. */
  readonly status: number | undefined;
  /** AWS's clock when it answered. */
  readonly date: Date | undefined;

  constructor(told: Pick<AwsError, "operation" | "code" | "says" | "status" | "date">) {
    super(`${told.operation}: ${told.code === "" ? "" : `${told.code}: `}${told.says}`);
    this.operation = told.operation;
    this.code = told.code;
    this.says = told.says;
    this.status = told.status;
    this.date = told.date;
  }
}

/** AWS refuses a call for its time alone: the clock here is wrong. The same call may be made again with AWS's time. */
export const isSkewed = ({ code, says }: AwsError): boolean =>
  ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"].includes(code) ||
  (code === "SignatureDoesNotMatch" && /^Signature (?:expired|not yet current)/.test(says));

/** How far AWS's clock is ahead, in seconds. HTTP tells the second alone; half of one is nearer to the truth than none. */
export const secondsAhead = (theirs: Date, ours: Date): number =>
  Math.trunc((theirs.getTime() + 500 - ours.getTime()) / 1000);
