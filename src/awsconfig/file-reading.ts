import type { Refusal, Section } from "../model/reading.ts";
import type { PlainFile } from "./plain-file.ts";

/** One file as one tool reads it: its sections in order, or where it gives up. */
export interface FileReading {
  readonly refused: Refusal | undefined;
  readonly sections: readonly Section[];
  /** The file itself knows what is in it, where there is nothing to decide. */
  readonly plain?: PlainFile;
}

export const refuse = (refused: Refusal): FileReading => ({ refused, sections: [] });
