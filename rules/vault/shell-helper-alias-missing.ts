import { appending, type Facts, readByShell, rule } from "#rule";

const HELPERS = ["awsume", "assume"];
export default rule({
  id: "shell-helper-alias-missing",
  severity: "warning",
  category: "vault",
  summary: "awsume or assume is not sourced by the shell that is in use",
  why:
    "A program cannot set variables in the shell that started it. awsume and granted's assume therefore have to be sourced, by an alias in a " +
    "file that this very shell reads; the alias in another shell's file does nothing.",
  remedy:
    "put the alias into the start-up file of your shell: `alias awsume='. awsume'`, `alias assume='source assume'`",
  links: ["https://github.com/trek10inc/awsume", "https://github.com/fwdcloudsec/granted"],
  errors: [
    "Warning: the awsume shell script is not being sourced",
    "return: can only `return' from a function or sourced script",
  ],
  about: { variables: HELPERS, programs: HELPERS },
  needs: ["startup", "programs", "environment", "machine"],
  *check({ startup, programs, environment, machine }) {
    const shell = /([a-z]+)$/.exec(environment.get("SHELL")?.value ?? "")?.[1] ?? "";
    const read = readByShell({ environment });
    if (read === undefined) return;
    const isRead = (path: string): boolean => read.some((name) => path.endsWith(`/${name}`));
    for (const name of HELPERS) {
      const aliases = startup.flatMap(({ path, statements }) =>
        statements.filter((one) => one.kind === "alias" && one.name === name).map((one) => ({ ...one, path })),
      );
      const here = aliases.find(({ path }) => isRead(path));
      if (here !== undefined) {
        if (here.computed || /^(?:\.|source|eval)(?!\S)|\$/.test(here.value)) continue;
        yield { at: here.at, says: `the alias starts ${name} as a program, and does not source it` };
        continue;
      }
      const [elsewhere] = aliases;
      if (elsewhere !== undefined) {
        yield {
          at: elsewhere.at,
          says: `the alias for ${name} stands in a file that ${shell} does not read`,
          ...sourcing(name, { environment, startup }),
        };
        continue;
      }
      if (!programs.has(name) || (name === "assume" && !programs.has("granted"))) continue;
      const path = startup.find((one) => isRead(one.path))?.path ?? `${machine.home}/${read[0]!}`;
      yield {
        at: { kind: "file", path },
        says: `${name} is installed, and no alias in ${shell}'s files sources it`,
        ...sourcing(name, { environment, startup }),
      };
    }
  },
});

/** fish has its own scripts, which stand in no one place. */
const sourcing = (name: string, facts: Pick<Facts, "environment" | "startup">) =>
  appending(
    `add the alias to the start-up file of your shell`,
    { sh: name === "awsume" ? `alias awsume=". awsume"` : `alias assume="source assume"` },
    facts,
  );
