import { EXIT } from "../errors.ts";
import { printable } from "../report/printable.ts";
import type { System } from "../system/system.ts";

/** These take a line as `file:line`, and come back at once unless they are told to wait. */
const WITH_COLON = /^(?:subl|zed|zeditor|hx|helix)$/;
const WITH_GOTO = /^(?:code|code-insiders|codium|cursor|windsurf)$/;
const WITH_PLUS = /^(?:vi|vim|nvim|gvim|view|nano|pico|emacs|emacsclient|micro|joe|jed|mg|ne|kak|mcedit|gedit)$/;
const FALLBACKS = ["nano", "vi"];

/** The person's own editor, as they have told the shell; undefined where there is none. It may have flags. */
export function editorOf({ environment, machine, files }: System): string | undefined {
  const told = environment["VISUAL"] || environment["EDITOR"];
  if (told) return told;
  if (machine.os === "win32") return "notepad";
  return FALLBACKS.find((name) =>
    machine.programFolders.some((folder) => files.follow(`${folder}/${name}`)?.executable === true),
  );
}

/** Opens a file at a line, and waits until the person is done. */
export async function openEditor(
  editor: string,
  path: string,
  line: number,
  hasChanged: () => boolean,
  system: System,
): Promise<void> {
  const { errors } = system.terminal;
  const { environment, machine } = system;
  const args = argumentsFor(editor, path, line);
  const start = system.elapsed();
  // The variable is a command line, as git and others take it, so a shell is what reads it.
  const code =
    machine.os === "win32"
      ? await system.programs.run(editor, args, environment, true)
      : await system.programs.run("/bin/sh", ["-c", `${editor} "$@"`, "sh", ...args], environment, true);
  if (code !== EXIT.ok) errors.write(printable(`${editor} ended with ${code}`) + "\n");
  else if (!hasChanged() && system.elapsed() - start < AT_ONCE_MS) {
    // Editors with a window of their own come back at once.
    await system.terminal.confirm("Have you saved it?", "there is nobody to say so");
  }
}

const AT_ONCE_MS = 500;

function argumentsFor(editor: string, path: string, line: number): string[] {
  const [word = ""] = editor.trim().split(/\s+/);
  const name = word.slice(word.lastIndexOf("/") + 1).replace(/\.(?:exe|cmd)$/i, "");
  if (WITH_GOTO.test(name)) return ["--wait", "--goto", `${path}:${line}`];
  if (WITH_COLON.test(name)) return [...(name.startsWith("h") ? [] : ["--wait"]), `${path}:${line}`];
  return WITH_PLUS.test(name) ? [`+${line}`, path] : [path];
}
