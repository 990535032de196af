import { refusalIn } from "../../credentials/trouble.ts";
import { UserError } from "../../errors.ts";
import { meaningAnywhere } from "../../report/meaning.ts";

/** The same trouble, with what AWS's refusal means where that can be said without a look at the way that led there. */
export function explained(error: unknown): unknown {
  const refusal = refusalIn(error);
  const hint = refusal && meaningAnywhere(refusal);
  if (hint === undefined || !(error instanceof UserError)) return error;
  const { code, message, exitCode, cause } = error;
  return new UserError(code, message, { exitCode, cause, hint });
}
