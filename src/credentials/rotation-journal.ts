import { stateFolder } from "../system/state-folder.ts";
import { FileTrouble } from "../system/system.ts";
import type { Means } from "./means.ts";

/** What a rotation has begun, written down before it does it: whoever is killed in the middle can go on from here. */
export interface Begun {
  readonly schemaVersion: 1;
  /** The item of the store that the key is in. */
  readonly profile: string;
  readonly since: string;
  readonly oldId: string;
  /** Known when the new key is in the store. */
  readonly newId?: string;
  /** The ids of the user's keys from before, where AWS told them. */
  readonly keysBefore?: readonly string[];
}

export interface RotationJournal {
  readonly lockPath: string;
  read(): Begun | undefined;
  write(begun: Begun): void;
  remove(): void;
}

const BYTES_MAX = 64 * 1024;

/** Ids of keys stand in it, and no secret. */
export function rotationJournal(profile: string, { system, store }: Means): RotationJournal {
  const { files } = system;
  const folder = `${stateFolder(system)}/rotations`;
  const path = `${folder}/${system.sha1(`${profile}\0${store.name}`)}`;
  return {
    lockPath: `${path}.lock`,
    read() {
      if (files.follow(`${path}.json`) === undefined) return undefined;
      try {
        const begun = JSON.parse(new TextDecoder().decode(files.read(`${path}.json`, BYTES_MAX))) as Begun;
        return begun.schemaVersion === 1 && begun.profile === profile ? begun : undefined;
      } catch (error) {
        if (error instanceof SyntaxError || error instanceof FileTrouble) return undefined;
        throw error;
      }
    },
    write(begun) {
      files.makeFolder(folder);
      files.replace(`${path}.json`, new TextEncoder().encode(`${JSON.stringify(begun)}\n`), 0o600);
    },
    remove: () => void files.remove(`${path}.json`),
  };
}
