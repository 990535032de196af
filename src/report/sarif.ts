import type { Severity } from "../model/finding.ts";
import type { Place, Span } from "../model/place.ts";
import { isComplete, type ReportedFinding } from "../model/report.ts";
import type { RuleCard } from "../model/rule.ts";
import { type Draft, gaps, placeText, plain } from "./draft.ts";
import { onlyEdits } from "./edits.ts";
import { type Folders, placed } from "./folders.ts";
import { docsOf } from "./json.ts";
import { jsonText } from "./json-text.ts";
import { capital } from "./printable.ts";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function sarif(draft: Draft): string {
  const { report } = draft;
  const rules = [...new Map(report.findings.map(({ rule }) => [rule.id, rule])).values()];
  const numbers = new Map(rules.map(({ id }, number) => [id, number]));
  const document = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "aws-vault-doctor",
            semanticVersion: report.version,
            informationUri: "https://github.com/aws-vault-doctor/aws-vault-doctor",
            rules: rules.map(descriptor),
          },
        },
        automationDetails: { id: "aws-vault-doctor/" },
        columnKind: "utf16CodeUnits",
        // Where the two are, nobody else needs to know: an absolute path has the user's name in it.
        originalUriBaseIds: {
          SRCROOT: { description: { text: "the folder that is checked out" } },
          HOME: { description: { text: "the home folder of whoever ran it" } },
        },
        invocations: [invocation(draft)],
        results: report.findings.map((finding) => result(finding, numbers.get(finding.rule.id)!, draft)),
      },
    ],
  };
  return `${jsonText(document, 2)}\n`;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

function descriptor({ id, summary, why, remedy, severity, category }: RuleCard): object {
  return {
    id,
    shortDescription: { text: text(capital(summary)) },
    fullDescription: { text: text(why) },
    help: { text: text(`${why} What to do: ${remedy}.`), markdown: `${why}\n\n**What to do:** ${remedy}.` },
    helpUri: docsOf(id),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [category] },
  };
}

function invocation(draft: Draft): object {
  const { crashed, unseen } = gaps(draft);
  const notes = [...unseen, ...crashed].map((one) => ({ level: "error", message: { text: text(one) } }));
  return {
    executionSuccessful: isComplete(draft.report),
    ...(notes.length === 0 ? {} : { toolExecutionNotifications: notes }),
  };
}

function result(finding: ReportedFinding, ruleIndex: number, draft: Draft): object {
  const { rule, severity, says, at, also = [], profiles = [] } = finding;
  const { folders, fingerprints } = draft;
  return {
    ruleId: rule.id,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: text(plain(says, folders)) },
    locations: [location(at, folders)],
    relatedLocations: also.map((one, index) => ({
      id: index + 1,
      ...location(one.at, folders),
      message: { text: text(plain(one.says, folders)) },
    })),
    partialFingerprints: { "awsVaultDoctor/v1": fingerprints.get(finding) },
    ...fixes(finding, folders),
    properties: { profiles: profiles.map((name) => plain(name, folders)) },
  };
}

function location(at: Place, folders: Folders): object {
  if (at.kind !== "file")
    return { logicalLocations: [{ fullyQualifiedName: placeText(at, folders), kind: KINDS[at.kind] }] };
  // Some viewers show nothing that has no line.
  const region = at.span === undefined ? { startLine: 1 } : regionOf(at.span);
  return { physicalLocation: { artifactLocation: artifact(at.path, folders), region } };
}

const KINDS = {
  environment: "variable",
  network: "resource",
  vault: "resource",
  program: "module",
  system: "resource",
} as const;

const regionOf = ({ line, column, endLine, endColumn }: Span): object => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

function artifact(path: string, folders: Folders): object {
  const { base, path: rest } = placed(path, folders);
  const encoded = rest.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (base === "root") return { uri: encoded, uriBaseId: "SRCROOT" };
  if (base === "home") return { uri: encoded, uriBaseId: "HOME" };
  return { uri: path.startsWith("/") ? `file://${encoded}` : encoded };
}

/** A fix of which another program can see all. */
function fixes({ fix }: ReportedFinding, folders: Folders): object {
  const edits = onlyEdits(fix);
  if (edits === undefined) return {};
  const paths = [...new Set(edits.map(({ path }) => path))];
  const artifactChanges = paths.map((path) => ({
    artifactLocation: artifact(path, folders),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map((edit) => ({ deletedRegion: regionOf(edit.span), insertedContent: { text: edit.text } })),
  }));
  return { fixes: [{ description: { text: text(plain(fix!.title, folders)) }, artifactChanges }] };
}

/** Brackets would make a link, and `{0}` would stand for an argument. */
const text = (words: string): string =>
  words.replace(/[\\[\]]/g, (mark) => `\\${mark}`).replace(/\{(\d+)\}/g, "{{$1}}");
