import type { StartupFile } from "../model/facts.ts";
import { FileTrouble, type System } from "../system/system.ts";

/** The files that shells read when they start, below the home folder. */
export const STARTUP_FILES: readonly { readonly name: string; readonly shell: StartupFile["shell"] }[] = [
  { name: ".bashrc", shell: "bash" },
  { name: ".bash_profile", shell: "bash" },
  { name: ".profile", shell: "sh" },
  { name: ".zshrc", shell: "zsh" },
  { name: ".zprofile", shell: "zsh" },
  { name: ".zshenv", shell: "zsh" },
  { name: ".config/fish/config.fish", shell: "fish" },
];

/** Where there is none, nobody needs the language that they are written in, which is a good part of this program. */
export const hasStartupFile = ({ machine, files }: System): boolean =>
  STARTUP_FILES.some(({ name }) => {
    try {
      return files.look(`${machine.home}/${name}`) !== undefined;
    } catch (error) {
      if (error instanceof FileTrouble) return true; // Why it cannot be looked at is for the probe to say.
      throw error;
    }
  });
