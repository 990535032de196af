import { type Finding, rule } from "#rule";

const READ = 0o044;
const WRITE = 0o022;
const GROUP = 0o070;

export default rule({
  id: "files-too-open",
  severity: "warning",
  category: "files",
  summary: "the AWS files or the vault can be read or changed by other users",
  why:
    "Who can read the credentials file has the keys; who can read the vault's files can guess at their passphrase; who can " +
    "write the config file can put a command into it that runs as you (credential_process). AWS tools do not check this.",
  remedy: "chmod 600 the files and chmod 700 the folders",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  needs: ["files", "vault", "machine", "environment"],
  about: { files: true },
  *check({ files, vault, machine, environment }) {
    if (machine.os === "win32") return;
    const isMine = (owner: number | undefined): boolean => owner === machine.user || machine.user === 0;
    // Windows folders show made-up modes in WSL, also when a link in the home folder leads there.
    const isMadeUp = (path: string, mode: number): boolean =>
      machine.wsl && (path.startsWith("/mnt/") || [0o777, 0o555].includes(mode & 0o777));
    const folder = environment.get("AWS_VAULT_FILE_DIR")?.value || undefined;
    const looked: {
      path: string;
      mode: number | undefined;
      owner: number | undefined;
      secret: boolean;
      right: number;
      chosenBy?: string | undefined;
    }[] = [
      { ...files.credentials, secret: true, right: 0o600 },
      { ...files.config, secret: false, right: 0o600 },
      ...(files.folder ? [{ ...files.folder, secret: false, right: 0o700 }] : []),
      { ...vault, secret: false, right: 0o700 },
      ...vault.open.map((one) => ({ ...one, owner: vault.owner, secret: true, right: 0o600, chosenBy: folder })),
    ];
    for (const { path, mode, owner, secret, right, chosenBy } of looked) {
      if (mode === undefined || (mode & (READ | WRITE)) === 0 || isMadeUp(path, mode)) continue;
      const finding: Finding = {
        at: { kind: "file", path },
        says: allows(mode),
        // Where a variable leads elsewhere, it is often a mounted secret, whose modes are not for its reader to choose.
        severity: (secret && chosenBy === undefined) || (mode & WRITE) !== 0 ? "warning" : "info",
      };
      if (!isMine(owner)) yield finding;
      else
        yield {
          ...finding,
          fix: { title: `chmod ${right.toString(8)}`, safety: "safe", steps: [{ kind: "chmod", path, mode: right }] },
        };
    }
  },
});

function allows(mode: number): string {
  const bits = mode & ((mode & WRITE) !== 0 ? WRITE : READ);
  const who = (bits & ~GROUP) !== 0 ? "other users" : "its group";
  const digits = (mode & 0o777).toString(8).padStart(4, "0");
  return `mode ${digits} lets ${who} ${(mode & WRITE) !== 0 ? "change" : "read"} it`;
}
