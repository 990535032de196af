import { AWS_VAULT, appending, isSet, rule, sightings, variable } from "#rule";

export default rule({
  id: "gpg-tty-not-set",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "the store is pass, and GPG does not know the terminal to ask for its passphrase on",
  why: "Without a graphical session gpg-agent asks on the terminal that GPG_TTY names. Without GPG_TTY it cannot ask, and says that there is no secret key.",
  remedy: "add `export GPG_TTY=$(tty)` to the shell's start-up file",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: [
    "gpg: decryption failed: No secret key",
    "gpg: public key decryption failed: Inappropriate ioctl for device",
  ],
  about: { variables: ["AWS_VAULT_BACKEND"] },
  needs: ["environment", "startup", "machine", "programs"],
  *check({ environment, startup, machine, programs }) {
    // Without pass itself, that is what is wrong.
    if (!["linux", "darwin"].includes(machine.os) || !programs.has("pass")) return;
    if (["GPG_TTY", "DISPLAY", "WAYLAND_DISPLAY"].some((name) => isSet(environment, name))) return;
    if (startup.some(({ statements }) => statements.some(({ kind, name }) => kind === "export" && name === "GPG_TTY")))
      return;
    for (const { at, value, also } of sightings("AWS_VAULT_BACKEND", environment, startup)) {
      if (value === "pass")
        yield {
          at: variable("GPG_TTY"),
          says: "GPG_TTY is not set, and the store is pass",
          also: [{ at, says: "the store" }, ...also],
          ...appending(
            "set GPG_TTY in the start-up file of your shell",
            { sh: "export GPG_TTY=$(tty)", fish: "set -gx GPG_TTY (tty)" },
            { environment, startup },
          ),
        };
    }
  },
});
