import { type Finding, rule } from "#rule";

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;

export default rule({
  id: "files-too-open",
  severity: "warning",
  category: "files",
  summary: "the AWS files or the vault can be read or changed by other users",
  why:
    "Who can read the credentials file has the keys; who can write the config file can put a command into it that runs as you " +
    "(credential_process). AWS tools do not check this.",
  remedy: "chmod 600 the files and chmod 700 the folders",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  needs: ["files", "vault", "machine"],
  *check({ files, vault, machine }) {
    if (machine.os === "win32") return;
    const mine = (owner: number | undefined): boolean => owner === machine.user || machine.user === 0;
    // Windows folders show made-up modes in WSL.
    const hasModes = (path: string): boolean => !(machine.wsl && path.startsWith("/mnt/"));
    const open: {
      path: string;
      mode: number | undefined;
      owner: number | undefined;
      secret: boolean;
      right: number;
    }[] = [
      { ...files.credentials, secret: true, right: 0o600 },
      { ...files.config, secret: false, right: 0o600 },
      ...(files.folder ? [{ ...files.folder, secret: false, right: 0o700 }] : []),
      { path: vault.path, mode: vault.mode, owner: vault.owner, secret: true, right: 0o700 },
      ...vault.open.map((one) => ({ ...one, owner: vault.owner, secret: true, right: 0o600 })),
    ];
    for (const { path, mode, owner, secret, right } of open) {
      if (mode === undefined || (mode & OTHERS) === 0 || !hasModes(path)) continue;
      const canWrite = (mode & OTHERS_WRITE) !== 0;
      const finding: Finding = {
        at: { kind: "file", path },
        says: `${canWrite ? "other users can change it" : "other users can read it"} (mode ${(mode & 0o777).toString(8).padStart(4, "0")})`,
        severity: secret || canWrite ? "warning" : "info",
      };
      if (!mine(owner)) yield finding;
      else
        yield {
          ...finding,
          fix: { title: `chmod ${right.toString(8)}`, safety: "safe", steps: [{ kind: "chmod", path, mode: right }] },
        };
    }
  },
});
