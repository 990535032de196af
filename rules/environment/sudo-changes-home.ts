import { isSet, rule, variable } from "#rule";

export default rule({
  id: "sudo-changes-home",
  severity: "warning",
  category: "environment",
  summary: "run with sudo: another home folder, or files that will belong to root",
  why: "With sudo, tools read root's ~/.aws, where your profiles are not; or, where HOME is kept, they leave caches in yours that belong to root, and later you may not write them.",
  remedy:
    "run it without sudo; for the one command that needs more rights, hand the variables on: `aws-vault exec work -- sudo -E command`",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: ['AWS profile "…" doesn\'t seem to be configured', "The config profile (…) could not be found"],
  about: { variables: ["SUDO_USER"] },
  needs: ["machine", "environment"],
  *check({ machine, environment }) {
    if (machine.user !== 0 || !isSet(environment, "SUDO_USER")) return;
    const isRoots = machine.home === "/root" || machine.home === "/var/root";
    yield {
      at: variable("SUDO_USER"),
      says: isRoots
        ? `with sudo, profiles are looked for in ${machine.home}/.aws`
        : `with sudo, what is written below ${machine.home}/.aws will belong to root`,
    };
  },
});
