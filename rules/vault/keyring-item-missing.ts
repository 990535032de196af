import { AWS_VAULT, activeProfiles, hops, isAwsVault, isLive, ownSection, type Profiles, rule } from "#rule";

/** The stores that can be listed without a question. */
const LISTED = ["file", "pass", "passage"];

export default rule({
  id: "keyring-item-missing",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "the profile in use needs a key in the file store, and there is none of its name",
  why:
    "aws-vault looks into the store that AWS_VAULT_BACKEND names and nowhere else. A key that was stored in another store, in another " +
    "folder (AWS_VAULT_FILE_DIR, AWS_VAULT_PASS_PREFIX), on another machine or outside of the container is not found there.",
  remedy: "`aws-vault add PROFILE`, or name the store or the folder that has it",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: [
    "profile …: credentials missing",
    "The specified item could not be found in the keyring",
    "aws-vault: error: exec: Failed to get credentials for …: The specified item could not be found in the keyring",
    "Error getting temporary credentials: profile …: credentials missing",
    'The collection "…" does not exist. Please add a key first',
  ],
  about: { variables: ["AWS_VAULT_BACKEND"] },
  needs: ["profiles", "environment", "vault"],
  *check({ profiles, environment, vault }) {
    const backend = environment.get("AWS_VAULT_BACKEND")?.value ?? "";
    if (!LISTED.includes(backend) || isLive(environment)) return;
    for (const { tool, name, chosenBy, reading, route } of activeProfiles(profiles)) {
      if (!isAwsVault(tool) || chosenBy === undefined) continue;
      const start = route.found ? hops(route)[0] : undefined;
      const lacking = route.found
        ? start?.kind === "stored"
          ? start.profile
          : undefined
        : route.because === "nothing"
          ? route.profile
          : undefined;
      const profile = lacking === undefined ? undefined : reading.profiles.get(lacking);
      if (profile === undefined || lacking === undefined || vault.profiles.includes(lacking)) continue;
      const others = vault.profiles.length === 0 ? "which is empty" : "which has others";
      yield {
        at: ownSection(profile).headerAt,
        says: `there is no key for '${lacking}' in ${vault.store}, ${others}`,
        also: [{ at: { kind: "environment", variable: "AWS_VAULT_BACKEND" }, says: "no other store is asked" }],
        profiles: lacking === name ? [name] : [lacking, name],
        tools: [tool],
        // Who has keys in a file may have set the store for another profile.
        ...(isFoundElsewhere(profiles, lacking) ? { severity: "info" as const } : {}),
      };
      return;
    }
  },
});

const isFoundElsewhere = ({ routes }: Profiles, name: string): boolean =>
  [...routes].some(([tool, ofTool]) => !isAwsVault(tool) && ofTool.get(name)?.found === true);
