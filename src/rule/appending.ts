import type { Facts, StartupFile } from "../model/facts.ts";
import type { Fix, Step } from "../model/fix.ts";
import type { Span } from "../model/place.ts";

/** The files that a shell reads whenever somebody opens one, the likeliest first. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  zsh: [".zshrc", ".zshenv", ".zprofile"],
  bash: [".bashrc", ".bash_profile", ".profile"],
  fish: ["config.fish"],
};

/** The start-up files of the shell in use by their names; undefined for a shell that we do not know. */
export const readByShell = ({ environment }: Pick<Facts, "environment">): readonly string[] | undefined =>
  READ_BY[/([a-z]+)$/.exec(environment.get("SHELL")?.value ?? "")?.[1] ?? ""];

/** A line at the end of the start-up file of the shell in use, as a fix; none where it has no such file. */
export function appending(
  title: string,
  line: { readonly sh: string; readonly fish?: string },
  facts: Pick<Facts, "environment" | "startup">,
): { fix?: Fix } {
  const names = readByShell(facts) ?? [];
  const file = names
    .map((name) => facts.startup.find(({ path }) => path.endsWith(`/${name}`)))
    .find((one) => one !== undefined);
  const text = file?.shell === "fish" ? line.fish : line.sh;
  return file === undefined || text === undefined ? {} : { fix: { title, safety: "ask", steps: [atEnd(file, text)] } };
}

function atEnd({ path, text }: StartupFile, line: string): Step {
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return { kind: "edit", path, span: endOfText(text), text: `${gap}${line}\n` };
}

/** The empty stretch behind all of a text. */
export function endOfText(text: string): Span {
  const last = text.lastIndexOf("\n");
  const line = text.split("\n").length;
  const column = text.length - last;
  return { start: text.length, end: text.length, line, column, endLine: line, endColumn: column };
}

/** Sets a variable for every new shell. */
export const exporting = (name: string, value: string, facts: Pick<Facts, "environment" | "startup">): { fix?: Fix } =>
  appending(
    `set ${name} in the start-up file of your shell`,
    { sh: `export ${name}=${value}`, fish: `set -gx ${name} ${value}` },
    facts,
  );
