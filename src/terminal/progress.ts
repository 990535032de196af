import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from "listr2";
import type { RunStages, Stage } from "../model/stage.ts";

/** listr2 looks at stdout to choose its renderer; ours writes to stderr, and the caller knows that it is a terminal. */
class Renderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** Shows the stages as they run, on stderr, and wipes them when they are done: stdout is for data alone. */
export const runVisibly: RunStages = (stages) => run(stages, true);

/** The same, and what was done stays to be seen. */
export const runToBeSeen: RunStages = (stages) => run(stages, false);

async function run(stages: readonly Stage[], clearOutput: boolean): Promise<void> {
  const list = new Listr(
    stages.map(({ title, run: act }) => ({ title, task: () => act() })),
    {
      renderer: Renderer,
      rendererOptions: {
        clearOutput,
        logger: new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(process.stderr, process.stderr) }),
      },
      registerSignalListeners: false,
    },
  );
  await list.run();
}
