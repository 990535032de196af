import { rule } from "#rule";

export default rule({
  id: "wsl-two-homes",
  severity: "info",
  category: "environment",
  summary: "inside of WSL, and Windows has other AWS files",
  why:
    "WSL has a home folder of its own, and so has Windows. Tools on either side read their own two files and their own store of keys " +
    "(wincred is not there in WSL), so that a profile or a key that was added on one side is missing on the other.",
  remedy:
    "decide for one: `ln -s /mnt/c/Users/…/.aws ~/.aws`, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE; or keep both and know it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: [
    "Specified keyring backend not available, try --help",
    'exec: "xdg-open": executable file not found in $PATH',
  ],
  about: { facts: ["windows"] },
  needs: ["files", "windows", "environment"],
  *check({ files, windows, environment }) {
    if (["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].some((name) => environment.get(name)?.value)) return;
    const isEmpty = files.config.state === "missing" && files.credentials.state === "missing";
    for (const { path, isShared } of windows) {
      if (isShared) continue;
      yield {
        at: { kind: "file", path },
        says: isEmpty
          ? "Windows has AWS files here, and WSL has none: no tool inside of WSL finds their profiles"
          : "Windows has AWS files here, and they are not those of WSL",
        ...(isEmpty ? { severity: "warning" as const } : {}),
      };
    }
  },
});
