import {
  edit,
  exportsOf,
  type Fix,
  part,
  rule,
  type SettingLine,
  type StartupFile,
  type Statement,
  sightings,
  tell,
  valueIn,
  within,
  wrongSettings,
} from "#rule";

const VARIABLES = [
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CA_BUNDLE",
  "AWS_VAULT_PASS_PASSWORD_STORE_DIR",
];
const SETTINGS = ["web_identity_token_file", "ca_bundle"];

export default rule({
  id: "unexpanded-tilde-or-variable",
  severity: "warning",
  category: "environment",
  summary: "a path with a ~ or a variable in it that no shell has replaced",
  why:
    "In quotes, in an .env file or in a Dockerfile ~, $HOME and %HOME% stay as they are. The AWS CLI replaces them; tools in Go, Terraform " +
    "among them, and aws-vault look for a folder of that name.",
  remedy: "write the whole path, or let the shell replace it: without quotes around ~, with double quotes around $HOME",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: [
    "open ~/.aws/config: no such file or directory",
    "no such file: %HOME%/.aws/credentials",
    "no such file: …/.aws/credentials",
  ],
  about: { settings: SETTINGS, variables: VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup", "machine"],
  *check(facts) {
    for (const name of VARIABLES) {
      const [seen] = facts.environment.has(name) ? sightings(name, facts.environment, facts.startup) : [];
      if (seen === undefined || seen.hidden !== undefined || !isUnexpanded(seen.value)) continue;
      yield {
        at: seen.at,
        says: `${name} is '${seen.value}', word for word: not all tools replace the ${sign(seen.value)}`,
        also: seen.also,
        ...byShell(seen.lines, facts.startup),
      };
    }
    for (const file of facts.startup) {
      for (const line of VARIABLES.flatMap((one) => exportsOf([file], one))) {
        const { name, value, hidden, at } = line;
        if (facts.environment.has(name) || hidden !== undefined || !isUnexpanded(value)) continue;
        const written = file.text.slice(at.span!.start, at.span!.end);
        if (!staysAsItIs(written, value)) continue;
        const says = `in quotes, the ${sign(value)} stays as it is, and not all tools replace it`;
        yield { at, says, ...byShell([line], facts.startup) };
      }
    }
    for (const name of SETTINGS) {
      for (const found of wrongSettings(facts, name, (value) => !isUnexpanded(value)))
        yield* tell(found, facts, {
          says: `not all tools replace the ${sign(found.value)} in ${name}`,
          ...inFull(found, facts.machine.home),
        });
    }
  },
});

const isUnexpanded = (path: string): boolean => /^~|\$\{?[A-Za-z_]|%[A-Za-z_]+%/.test(path);
/** To a shell: no ~ is replaced in quotes, and no variable in single ones. */
const staysAsItIs = (statement: string, value: string): boolean =>
  (value.startsWith("~") ? /[=\s]["']~/ : /[=\s]'[^']*\$/).test(statement);

const sign = (path: string): string => (path.startsWith("~") ? "'~'" : "variable");

/** The home folder in place of the tilde. */
function inFull({ document, setting }: SettingLine, home: string): { fix?: Fix } {
  const tilde = within(document, setting, /^~(?=\/)/);
  if (tilde === undefined) return {};
  return { fix: { title: "write the home folder in full", safety: "ask", steps: [edit(tilde, home)] } };
}

/** In double quotes the shell replaces $HOME. */
function byShell(lines: readonly Statement[], startup: readonly StartupFile[]): { fix?: Fix } {
  const [first, ...others] = lines.flatMap((line) => {
    const at = line.value.startsWith("~/") && !line.computed ? valueIn(line, startup) : undefined;
    const text = startup.find(({ path }) => path === line.at.path)?.text ?? "";
    const quote = at && text[at.span!.start - 1];
    // In single quotes nothing is replaced, and they would have to go.
    return at !== undefined && quote === '"' ? [edit(part(at, 0, 1), "$HOME")] : [];
  });
  if (first === undefined || others.length + 1 < lines.length) return {};
  return { fix: { title: "let the shell put the home folder there", safety: "ask", steps: [first, ...others] } };
}
