import { count, printable, shortPath } from "./printable.ts";

/** A key that goes from a file into the vault. */
export interface ShownMove {
  readonly profile: string;
  readonly path: string;
  readonly dependents: readonly string[];
}

const NAMED_MAX = 3;

/** What no patch says about keys that go into the vault: in which order, and who has to look there from then on. */
export function moveNotes(moves: readonly ShownMove[], vault: string, home: string): string[] {
  return moves.flatMap(({ profile, path, dependents }) =>
    [
      `The key of '${profile}' is put into ${vault} first, read back and compared; then it leaves ${shortPath(path, home)}.`,
      `From then on the AWS CLI and the SDKs need \`aws-vault-doctor vault exec ${profile} -- aws …\` for '${profile}'${starting(dependents)}.`,
    ].map(printable),
  );
}

function starting(dependents: readonly string[]): string {
  const named = dependents.slice(0, NAMED_MAX).map((name) => `'${name}'`);
  if (dependents.length > NAMED_MAX) named.push(count(dependents.length - NAMED_MAX, "other"));
  if (named.length === 0) return "";
  const all = named.length < 2 ? named.join("") : `${named.slice(0, -1).join(", ")} and ${named.at(-1)!}`;
  return `, and so for ${all}, which ${dependents.length === 1 ? "starts" : "start"} from it`;
}
