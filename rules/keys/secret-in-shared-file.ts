import { type AwsDocument, type Finding, rule, type Setting } from "#rule";

const SECRETS = ["aws_secret_access_key", "aws_session_token", "aws_security_token"];

export default rule({
  id: "secret-in-shared-file",
  severity: "error",
  category: "keys",
  summary: "a secret in a file that is judged by itself, as those of a repository are",
  why:
    "What was once committed, or baked into an image, is there for everybody who ever gets a copy, also when a later version " +
    "does not have it. Robots find such keys within minutes.",
  remedy:
    "deactivate the key now, then take it out of the file and of the history; keep roles, single sign-on and regions in " +
    "shared files, and keys in a vault",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"],
  about: { facts: ["shared"] },
  needs: ["config", "credentials", "shared"],
  *check({ config, credentials, shared }) {
    for (const document of [config, credentials]) if (shared.includes(document.path)) yield* secretsIn(document);
  },
});

/** One for each section: what stands in it has to go together. */
function* secretsIn(document: AwsDocument): Iterable<Finding> {
  const found = new Map<string, Setting>();
  for (const name of SECRETS) {
    for (const line of document.linesNamed(name)) {
      const setting = document.setting(line)!;
      if (setting.hidden === undefined || setting.hidden.length === 0) continue;
      const header = document.sectionAt(line)?.header ?? "";
      const known = found.get(header);
      if (known === undefined || (known.hidden!.example && !setting.hidden.example)) found.set(header, setting);
    }
  }
  for (const [header, { name, at, hidden }] of found) {
    const where = header === "" ? "the file" : `[${header}]`;
    yield hidden!.example
      ? { at, severity: "info", says: `${name} in ${where} is the example of AWS's documentation` }
      : { at, says: `${where} gives its ${name} to everybody who can read this file` };
  }
  for (let line = 0; line < document.lineCount; line++) {
    const traits = document.kind(line) === "comment" ? document.traits(line) : undefined;
    if (traits === undefined || traits.example) continue;
    yield { at: document.lineAt(line), says: "a secret that is commented out is there for everybody all the same" };
  }
}
