import { EXIT, UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { FILE_BYTES_MAX } from "../probes/files.ts";
import { printable } from "../report/printable.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { type Change, carryOut } from "../treat/carry-out.ts";
import { version } from "../version.ts";
import { type Command, type Given, teller } from "./command.ts";
import { TEMPLATES, type Template } from "./init-files.ts";
import { mustStayInside, repositoryRoot } from "./repository.ts";

export const init: Command = {
  name: "init",
  takes: "[what..]",
  summary: "Write what a repository needs to be checked: preferences, pre-commit, github, gitlab",
  examples: [
    [
      "aws-vault-doctor init --file team/aws/config",
      "preferences, a pre-commit hook, and a job for the CI that is in use",
    ],
    ["aws-vault-doctor init github --force", "the workflow alone, also where there is one"],
  ],
  flags: {
    file: { kind: "list", says: "the AWS files of the repository, to be checked (default: aws/config)" },
    force: { kind: "switch", says: "replace a file that is there; undo brings it back" },
  },
  async run(given, system) {
    const root = repositoryRoot(system) ?? system.machine.folder;
    const files = filesOf(given);
    const tell = teller(system);
    const changes: Change[] = [];
    const machine = await system.changes();
    const left: Template[] = [];
    for (const template of templates(given, root, system)) {
      const path = `${root}/${template.path}`;
      mustStayInside(template.path, path, system);
      const old = oldBytes(path, system);
      const bytes = new TextEncoder().encode(template.text(files, version));
      if (old !== undefined && !given.isOn("force")) left.push(template);
      else {
        system.files.makeFolder(path.slice(0, path.lastIndexOf("/")));
        changes.push({ kind: "text", path, before: old && machine.sha256(old), bytes });
      }
    }
    if (changes.length > 0) {
      const cures = changes.map(({ path }) => ({ rule: "init", title: `write ${path.slice(root.length + 1)}` }));
      const { id } = await carryOut(system, changes, { version, cures }, tell);
      for (const { title } of cures) tell(printable(title.replace("write", "wrote")));
      tell(`undo: aws-vault-doctor undo ${id}`);
    }
    for (const { path, text } of left) {
      tell(`${path} is there already, and stays as it is (--force replaces it); what belongs in it:`);
      system.terminal.output.write(text(files, version));
    }
    return left.length > 0 ? EXIT.findings : EXIT.ok;
  },
};

/** What is named; or the preferences, the hook, and the CI that the repository has already, which is GitHub's where none is. */
function templates(given: Given, root: string, { files }: System): Template[] {
  const names = Object.keys(TEMPLATES);
  const unknown = given.words.find((word) => !names.includes(word));
  if (unknown !== undefined)
    throw new UserError("BAD_USAGE", `init knows no '${unknown}'${didYouMean(unknown, names)}`, {
      hint: `it writes ${names.join(", ")}`,
    });
  const isThere = (path: string): boolean => files.look(`${root}/${path}`) !== undefined;
  const isGitlab = isThere(".gitlab-ci.yml");
  const usual = ["preferences", "pre-commit", ...(isThere(".github") || !isGitlab ? ["github"] : [])];
  const wanted = given.words.length > 0 ? given.words : [...usual, ...(isGitlab ? ["gitlab"] : [])];
  return [...new Set(wanted)].map((name) => TEMPLATES[name]!);
}

/** Names that stand in YAML and in a shell as they are. */
function filesOf(given: Given): readonly string[] {
  const files = given.list("file");
  const odd = files.find((file) => !/^[\w./-]+$/.test(file) || file.startsWith("-"));
  if (odd !== undefined)
    throw new UserError("BAD_FLAG", `--file: '${odd}' has a character that would need quotes: write the files by hand`);
  return files.length > 0 ? files : ["aws/config"];
}

function oldBytes(path: string, { files }: System): Uint8Array | undefined {
  if (files.look(path) === undefined) return undefined;
  try {
    return files.read(path, FILE_BYTES_MAX);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw new UserError("NOT_WRITTEN", `${path} cannot be read: ${error.message}`, { cause: error });
  }
}
