import type { StartupFile, Statement } from "../model/facts.ts";
import { take } from "./commands.ts";
import { maskedBy } from "./mask.ts";
import { newScan, type Show } from "./scan.ts";
import { nextToken, type Token } from "./tokens.ts";
import { usesOf } from "./uses.ts";

/**
 * What a start-up file does to the variables that matter and to aliases, and its text with everything dotted out that
 * is not known to be public. Never fails: what no shell could read holds no statement.
 */
export function statements(
  path: string,
  shell: StartupFile["shell"],
  text: string,
  show: Show,
): { statements: Statement[]; uses: StartupFile["uses"]; masked: string } {
  const scan = newScan(path, shell, text, show);
  let token: Token;
  do {
    token = nextToken(scan.cursor);
    take(scan, token);
  } while (token.kind !== "end");
  return { statements: scan.found, uses: usesOf(scan), masked: maskedBy(text, scan.visible) };
}
