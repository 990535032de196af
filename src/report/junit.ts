import { byPlace, type Draft, gaps, type Told } from "./draft.ts";
import { pathName } from "./folders.ts";
import { printable } from "./printable.ts";
import { document, type Element } from "./xml.ts";

/**
 * As JUnit writes it (https://github.com/testmoapp/junitxml): a suite for each file, a case for each finding, and one that
 * passes where there is none. What does not make the run fail is no failure here either.
 */
export function junit(draft: Draft): string {
  const { report, folders } = draft;
  const looked = report.looked.files.filter(({ state }) => state !== "missing");
  const suites = new Map<string, Element[]>(looked.map(({ path }) => [printable(pathName(path, folders)), []]));
  for (const [place, all] of byPlace(draft))
    suites.set(
      place,
      all.map((told) => caseOf(told, draft)),
    );
  const { crashed, unseen } = gaps(draft);
  if (crashed.length + unseen.length > 0) {
    suites.set("aws-vault-doctor", [
      ...crashed.map((message) => incomplete("error", message)),
      ...unseen.map((message) => incomplete("skipped", message)),
    ]);
  }
  const content = [...suites].map(([name, cases]) => suite(name, cases));
  return document({
    name: "testsuites",
    attributes: { name: "aws-vault-doctor", ...counts(content.flatMap(({ content: cases }) => cases)) },
    content,
  });
}

function suite(name: string, cases: readonly Element[]): Element & { content: readonly Element[] } {
  const content = cases.length > 0 ? cases : [testCase(name, "no findings", {}, [])];
  return { name: "testsuite", attributes: { name, ...counts(content) }, content };
}

function caseOf({ finding, place, span, message }: Told, { fails }: Draft): Element {
  const { rule, severity } = finding;
  const where = span === undefined ? "" : ` (${span.line}:${span.column})`;
  const text = `${place}${where}: ${message}\n\nwhy: ${rule.why}\ndo: ${rule.remedy}`;
  const told: Element = fails(severity)
    ? { name: "failure", attributes: { type: severity, message }, content: text }
    : { name: "system-out", attributes: {}, content: `${severity}: ${text}` };
  return testCase(place, `${rule.id}${where}`, { file: place, line: span?.line }, [told]);
}

const incomplete = (kind: "error" | "skipped", message: string): Element =>
  testCase("aws-vault-doctor", message, {}, [{ name: kind, attributes: { message }, content: "" }]);

const testCase = (
  classname: string,
  name: string,
  more: Element["attributes"],
  content: readonly Element[],
): Element => ({ name: "testcase", attributes: { classname, name, ...more }, content });

function counts(cases: readonly Element[]): Record<string, number> {
  const of = (kind: string): number =>
    cases.filter(({ content }) => typeof content === "object" && content.some(({ name }) => name === kind)).length;
  return { tests: cases.length, failures: of("failure"), errors: of("error"), skipped: of("skipped") };
}
