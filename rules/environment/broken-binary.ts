import { rule } from "#rule";

export default rule({
  id: "broken-binary",
  severity: "error",
  category: "environment",
  summary: "what stands on PATH under the name of a program is no program",
  why:
    "A download that went wrong leaves a page of HTML, an error message or the log of the download where the program should be, and " +
    "`chmod +x` makes it executable all the same. The shell then reads it line by line as commands.",
  remedy: "remove the file, and install the program anew (`curl -fL`, which fails where the server says no)",
  links: [
    "https://github.com/ByteNess/aws-vault#installing",
    "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  ],
  errors: [
    "aws-vault: line 1: …: command not found",
    "aws-vault: line 1: syntax error near unexpected token",
    "cannot execute binary file: Exec format error",
  ],
  about: { programs: ["aws-vault", "aws"] },
  needs: ["binaries"],
  *check({ binaries }) {
    for (const [name, { path, kind }] of binaries) {
      if (kind !== "text" && kind !== "empty") continue;
      yield {
        at: { kind: "file", path },
        says: `'${name}' on PATH is ${kind === "empty" ? "an empty file" : "a text that names no interpreter"}, and no program`,
        ...(name === "aws-vault"
          ? { tools: ["aws-vault-byteness", "aws-vault-99designs"] as const }
          : { tools: ["cli"] as const }),
      };
    }
  },
});
