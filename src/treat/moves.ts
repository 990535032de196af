import type { Cure } from "../cure/pass.ts";
import type { CureText } from "../cure/text.ts";
import { EXIT, UserError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { FileTrouble } from "../system/system.ts";
import { keepKey } from "../vault/keep-key.ts";
import { isLongTermKey, type LongTermKey } from "../vault/long-term-key.ts";
import type { Store } from "../vault/store.ts";

/** A profile's key that leaves a file, and is to be in the vault before. */
export interface Move {
  readonly profile: string;
  readonly path: string;
  readonly key: LongTermKey;
  readonly dependents: readonly string[];
}

/** A way to the vault, which is only opened when something goes there. */
export type OpenVault = () => Promise<Store>;

export interface Kept {
  /** What the vault is called, when at least one key is in it. */
  readonly vault: string | undefined;
  readonly refused: ReadonlyMap<string, string>;
}

/** The keys that a fix takes out of a text; undefined when one of them is not written as it should be. */
export function movesOf({ fix }: Cure, texts: ReadonlyMap<string, CureText>): Move[] | undefined {
  const moves: Move[] = [];
  for (const step of fix.steps) {
    if (step.kind !== "move-to-vault") continue;
    const { text } = texts.get(step.path)!.real;
    const secretIn = ({ value }: typeof step.accessKeyId): Secret => Secret.ofText(text.slice(value.start, value.end));
    const key = { accessKeyId: secretIn(step.accessKeyId), secretAccessKey: secretIn(step.secretAccessKey) };
    if (!isLongTermKey(key)) return undefined;
    moves.push({ profile: step.profile, path: step.path, key, dependents: step.dependents });
  }
  return moves;
}

/**
 * Puts all keys into the vault, and says why one could not be, by its profile. No file is touched: who is killed now has a
 * key in both places. The person is asked once for all of them. Whoever breaks that off ends it all.
 */
export async function keepAll(moves: readonly Move[], open: OpenVault): Promise<Kept> {
  const refused = new Map<string, string>();
  let store: Store | undefined;
  for (const { profile, key } of moves) {
    try {
      store ??= await open();
      await keepKey(profile, key, store);
    } catch (error) {
      if (error instanceof UserError && error.exitCode === EXIT.interrupted) throw error;
      if (!(error instanceof UserError || error instanceof FileTrouble)) throw error;
      const hint = error instanceof UserError && error.hint !== undefined ? ` (${error.hint})` : "";
      refused.set(profile, `${error.message}${hint}`);
    }
  }
  return { vault: refused.size < moves.length ? store?.name : undefined, refused };
}
