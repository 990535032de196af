/** A part of the work that a person may watch. */
export interface Stage {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** How the stages are run: one after the other, with or without somebody watching. */
export type RunStages = (stages: readonly Stage[]) => Promise<void>;

/** Nobody watches. */
export const runQuietly: RunStages = async (stages) => {
  for (const stage of stages) await stage.run();
};
