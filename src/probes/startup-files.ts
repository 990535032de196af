import type { StartupFile } from "../model/facts.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

type Shell = StartupFile["shell"];

/** The files that shells read when they start, below the home folder. */
const NAMES: readonly { readonly name: string; readonly shell: Shell }[] = [
  { name: ".bashrc", shell: "bash" },
  { name: ".bash_profile", shell: "bash" },
  { name: ".bash_login", shell: "bash" },
  { name: ".bash_aliases", shell: "bash" }, // Debian's .bashrc reads it.
  { name: ".profile", shell: "sh" },
  { name: ".zshrc", shell: "zsh" },
  { name: ".zprofile", shell: "zsh" },
  { name: ".zshenv", shell: "zsh" },
  { name: ".zlogin", shell: "zsh" },
  { name: ".config/fish/config.fish", shell: "fish" },
  { name: ".config/fish/functions/aws.fish", shell: "fish" },
];
/** fish reads all of this folder. */
const FISH_FOLDER = ".config/fish/conf.d";
const FISH_FILE = /\/\.config\/fish\/conf\.d\/[^/]+\.fish$/;
/** Of fish's folder: plug-ins put one there each. */
const FISH_FILES_MAX = 100;

/** The shell whose start-up file it is, if it is one. */
export const shellOf = (path: string): Shell | undefined =>
  NAMES.find(({ name }) => path.endsWith(`/${name}`))?.shell ?? (FISH_FILE.test(path) ? "fish" : undefined);

/** The start-up files that there are. Whether they can be read is for the probe to say. */
export function startupFiles({ machine, files, environment }: System): { path: string; shell: Shell }[] {
  const isThere = (path: string): boolean => tried(() => files.look(path) !== undefined, true);
  const fishFolder = `${machine.home}/${FISH_FOLDER}`;
  const zshFolder = environment["ZDOTDIR"]?.replace(/\/+$/, "") ?? "";
  const hasZshFolder = zshFolder.startsWith("/") && zshFolder !== machine.home;
  const inFolder = (folder: string, names: typeof NAMES) =>
    names.map(({ name, shell }) => ({ path: `${folder}/${name}`, shell })).filter(({ path }) => isThere(path));
  return [
    ...inFolder(machine.home, NAMES),
    // zsh reads them there in place of the home folder, which a shell without the variable goes on reading.
    ...(hasZshFolder
      ? inFolder(
          zshFolder,
          NAMES.filter(({ shell }) => shell === "zsh"),
        )
      : []),
    ...(isThere(fishFolder) ? fishFilesIn(files, fishFolder) : []),
  ];
}

function fishFilesIn(files: System["files"], folder: string): { path: string; shell: Shell }[] {
  const names = tried(() => files.list(folder, FISH_FILES_MAX), []);
  return names.filter((name) => name.endsWith(".fish")).map((name) => ({ path: `${folder}/${name}`, shell: "fish" }));
}
