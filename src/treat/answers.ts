import { suppression } from "../cure/suppression.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { stateFolder } from "../system/state-folder.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { sameKey } from "./findings.ts";
import { allOfThem, lineKey, type Wanted, type Wish } from "./rehearse.ts";

/**
 * What a person has decided about findings, before anything is done. A finding is known by what it says and by the line
 * that it stands in, masked, so that answers may be kept in a file until somebody goes on with them.
 */
export class Answers {
  readonly time: string;
  /** To be made: by the line, and without it, for another fix may change that line first. */
  readonly #wanted = new Set<string>();
  readonly #wantedAnywhere = new Set<string>();
  readonly #left = new Set<string>();
  /** All fixes of these. */
  readonly #rules = new Set<string>();
  /** Reasons, by the finding that is meant to be so. */
  readonly #meant = new Map<string, string>();
  /** All that was asked about: what is not among it is a line that has changed since. */
  readonly #known = new Set<string>();

  constructor(time: string) {
    this.time = time;
  }

  /** How many findings were answered, and how many answers want something done. */
  get size(): number {
    return this.#left.size + this.wishes;
  }

  get wishes(): number {
    return this.#wanted.size + this.#rules.size + this.#meant.size;
  }

  has(finding: ReportedFinding, report: Report): boolean {
    const key = lineKey(finding, report);
    return this.#rules.has(finding.rule.id) || [this.#wanted, this.#left, this.#meant].some((one) => one.has(key));
  }

  asksAbout(findings: readonly ReportedFinding[], report: Report): void {
    for (const one of findings) this.#known.add(lineKey(one, report));
  }

  want(finding: ReportedFinding, report: Report): void {
    this.#wanted.add(lineKey(finding, report));
    this.#wantedAnywhere.add(sameKey(finding));
  }

  leave(finding: ReportedFinding, report: Report): void {
    this.#left.add(lineKey(finding, report));
  }

  wantAllOf(rule: string): void {
    this.#rules.add(rule);
  }

  mean(finding: ReportedFinding, report: Report, reason: string): void {
    this.#meant.set(lineKey(finding, report), reason);
  }

  isWanted(finding: ReportedFinding, report: Report): boolean {
    return this.#rules.has(finding.rule.id) || this.#wanted.has(lineKey(finding, report));
  }

  readonly wish: Wish = (finding, report): Wanted | undefined => {
    const key = lineKey(finding, report);
    const reason = this.#meant.get(key);
    if (reason !== undefined) {
      const { at } = finding;
      const fix = suppression(finding, at.kind === "file" ? report.sources.get(at.path) : undefined, reason);
      // A comment may change no profile at all.
      return fix && { fix, profiles: [] };
    }
    const isNew = !this.#known.has(key) && this.#wantedAnywhere.has(sameKey(finding));
    return this.isWanted(finding, report) || isNew ? allOfThem(finding, report) : undefined;
  };

  /** Keeps them for the next time. */
  save(system: System): void {
    const path = fileOf(system);
    system.files.makeFolder(path.slice(0, path.lastIndexOf("/")));
    system.files.replace(path, new TextEncoder().encode(`${JSON.stringify(this.#stored(), undefined, 2)}\n`), 0o600);
  }

  #stored(): Stored {
    return {
      schemaVersion: 1,
      time: this.time,
      wanted: [...this.#wanted],
      wantedAnywhere: [...this.#wantedAnywhere],
      left: [...this.#left],
      rules: [...this.#rules],
      meant: [...this.#meant],
    };
  }

  /** Those that were kept, if some were. What cannot be read is nobody's loss but a few answers. */
  static kept(system: System): Answers | undefined {
    try {
      const path = fileOf(system);
      if (system.files.follow(path) === undefined) return undefined;
      const text = new TextDecoder().decode(system.files.read(path, BYTES_MAX));
      const stored = JSON.parse(text) as Stored;
      if (stored.schemaVersion !== 1) return undefined;
      const answers = new Answers(stored.time);
      for (const one of stored.wanted) answers.#wanted.add(one);
      for (const one of stored.wantedAnywhere) answers.#wantedAnywhere.add(one);
      for (const one of stored.left) answers.#left.add(one);
      for (const one of stored.rules) answers.#rules.add(one);
      for (const [key, reason] of stored.meant) answers.#meant.set(key, reason);
      return answers;
    } catch (error) {
      if (error instanceof FileTrouble || error instanceof SyntaxError || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  static forget(system: System): void {
    system.files.remove(fileOf(system));
  }
}

interface Stored {
  readonly schemaVersion: 1;
  readonly time: string;
  readonly wanted: readonly string[];
  readonly wantedAnywhere: readonly string[];
  readonly left: readonly string[];
  readonly rules: readonly string[];
  readonly meant: readonly (readonly [key: string, reason: string])[];
}

const BYTES_MAX = 4 * 1024 * 1024;
const fileOf = (system: System): string => `${stateFolder(system)}/answers.json`;
