import { rule } from "#rule";

export default rule({
  id: "crlf-with-old-tools",
  severity: "info",
  category: "files",
  summary: "lines that end as on Windows, which shell scripts take for part of a value",
  why: "All current AWS tools take both line ends. Scripts that read the file with grep, sed or cut keep the carriage return at the end of a key, and the signature does not match.",
  remedy: "`dos2unix` for the file, when a script of that kind reads it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  needs: ["config", "credentials", "machine"],
  // No fix: it would change every line of the file for the sake of a script that most people do not have.
  *check({ config, credentials, machine }) {
    if (machine.os === "win32") return;
    for (const { path, text } of [config, credentials])
      if (text.includes("\r\n"))
        yield { at: { kind: "file", path }, says: "its lines end in a carriage return and a line feed" };
  },
});
