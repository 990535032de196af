import { hops, type Profiles, rule, settingsNamed, tell, vaultCommand } from "#rule";

export default rule({
  id: "credential-process-recursion",
  severity: "error",
  category: "vault",
  summary: "a credential_process that asks aws-vault for its own profile, whose key is not in the vault",
  why:
    "When the vault has no key of that name, aws-vault 7 looks into the profile, finds the credential_process, and starts itself again, and " +
    "so on: the command hangs. With a key in the vault it works, until the key is gone.",
  remedy:
    "make two profiles of it: one with the key in the vault, and one with the credential_process that names the first",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
  errors: ["[keyring] No results found"],
  about: { settings: ["credential_process"] },
  needs: ["config", "credentials", "profiles", "vault", "environment"],
  // No fix: the key would need another name in the vault, and what else asks for it by the old one nobody here knows.
  *check(facts) {
    const { profiles, vault, environment } = facts;
    for (const found of settingsNamed(facts, "credential_process")) {
      const command = vaultCommand(found.setting.value);
      if (command?.profile === undefined || !leadsBack(profiles, command.profile, found.name)) continue;
      const listsAll = environment.get("AWS_VAULT_BACKEND")?.value === "file";
      const isStored = vault.profiles.includes(command.profile);
      if (listsAll && isStored) continue;
      const loop =
        command.profile === found.name
          ? `the credential_process of '${found.name}' asks aws-vault for '${found.name}' again`
          : `the credential_process of '${found.name}' asks aws-vault for '${command.profile}', which comes back to it`;
      yield* tell(found, facts, {
        says: `${loop}: ${listsAll ? "the vault has no key of that name" : "that ends only where the vault has its key"}`,
        // aws-vault's own guide shows it so, and with a key in the vault, where nobody has looked, it works until that is gone.
        ...(listsAll ? {} : { severity: isStored ? ("info" as const) : ("warning" as const) }),
      });
    }
  },
});

/** Whether the way of one profile starts from another. */
function leadsBack(profiles: Profiles, from: string, to: string, passed: ReadonlySet<string> = new Set()): boolean {
  if (from === to) return true;
  if (passed.has(from)) return false;
  const { routes, readings, tools } = profiles;
  return tools.some((tool) => {
    const route = routes.get(tool)!.get(from);
    const start = route?.found === true ? hops(route)[0]! : undefined;
    if (start?.kind !== "process") return false;
    if (start.profile === to) return true;
    // That process may ask aws-vault for a third one.
    const line = readings.get(tool)!.profiles.get(start.profile)?.get("credential_process")?.value ?? "";
    const next = vaultCommand(line)?.profile;
    return next !== undefined && leadsBack(profiles, next, to, new Set([...passed, from]));
  });
}
