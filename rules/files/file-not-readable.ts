import { rule } from "#rule";

export default rule({
  id: "file-not-readable",
  severity: "error",
  category: "files",
  summary: "one of the two files cannot be read, or belongs to somebody else",
  why: "A command that ran with sudo leaves files that belong to root, and a wrong mode shuts out even their owner: every tool then says 'permission denied', or behaves as if there were no file.",
  remedy: '`sudo chown -R "$USER" ~/.aws` and `chmod u+rw` for the file',
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: [
    "[Errno 13] Permission denied: '…/.aws/credentials'",
    "[Errno 13] Permission denied: '…/.aws/config'",
    "open …/.aws/config: permission denied",
  ],
  needs: ["files", "machine"],
  about: { files: true },
  *check({ files, machine }) {
    for (const { path, state, mode, owner, trouble } of [files.config, files.credentials]) {
      const at = { kind: "file", path } as const;
      const isOthers =
        owner !== undefined && machine.user !== undefined && machine.user !== 0 && owner !== machine.user;
      if (state === "unreadable") yield { at, says: `it cannot be read: ${trouble ?? "no reason given"}` };
      else if (state !== "file" || mode === undefined || machine.os === "win32" || machine.user === 0) continue;
      else if (isOthers)
        yield {
          at,
          says: `it belongs to user id ${owner}, and not to you`,
          ...((mode & 0o044) === 0 ? {} : { severity: "warning" as const }),
        };
      else if ((mode & 0o400) === 0) {
        const fix = { title: "chmod 600", safety: "safe", steps: [{ kind: "chmod", path, mode: 0o600 }] } as const;
        yield { at, says: `mode ${(mode & 0o777).toString(8).padStart(4, "0")} lets not even you read it`, fix };
      }
    }
    const { folder } = files;
    if (folder !== undefined && machine.user !== undefined && machine.user !== 0 && folder.owner !== machine.user)
      yield {
        at: { kind: "file", path: folder.path },
        says: `the folder belongs to user id ${folder.owner}, and not to you`,
        severity: "warning",
      };
  },
});
