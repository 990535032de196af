import { isSet, neighbour, rule, type Setting, settingsNamed, sightings, tell } from "#rule";

export default rule({
  id: "credential-wrong-shape",
  severity: "error",
  category: "keys",
  summary: "a key that does not look like one: cut off, swapped, or a placeholder",
  why:
    "A key id is AKIA or ASIA and sixteen more capitals and digits, a secret key has forty characters. What is shorter was cut off " +
    "when it was copied; what is longer has something else on it; and the two are easily swapped.",
  remedy: "copy both halves again, or make a new key; an SMTP password of SES is not a secret key",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
  errors: [
    "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    "An error occurred (InvalidClientTokenId): The security token included in the request is invalid",
  ],
  about: { settings: ["aws_access_key_id"], variables: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of settingsNamed(facts, "aws_access_key_id")) {
      const secret = neighbour(found, "aws_secret_access_key");
      // What is no AWS has keys of its own shape.
      if (secret === undefined || neighbour(found, "endpoint_url") !== undefined || isEmulated(found.name)) continue;
      const fault = judge(found.setting.hidden, secret.hidden);
      if (fault === undefined) continue;
      const { at } = fault.of === "id" ? found.setting : secret;
      // Whoever uses it fails with it, whatever it was meant for.
      const isUsed =
        !isSet(facts.environment, "AWS_ENDPOINT_URL") &&
        [...facts.profiles.active.values()].some(({ name }) => name === found.name);
      yield* tell(found, facts, {
        at,
        says: `of '${found.name}', ${fault.says}`,
        ...(fault.sure ? {} : { severity: isUsed ? ("warning" as const) : ("info" as const) }),
      });
    }
    const { environment, startup } = facts;
    if (isSet(environment, "AWS_ENDPOINT_URL")) return;
    const [id] = sightings("AWS_ACCESS_KEY_ID", environment, startup);
    const [secret] = sightings("AWS_SECRET_ACCESS_KEY", environment, startup);
    const fault = id && secret && judge(id.hidden, secret.hidden);
    if (fault !== undefined) {
      const { at, also } = fault.of === "id" ? id! : secret!;
      yield { at, says: fault.says, also, ...(fault.sure ? {} : { severity: "info" as const }) };
    }
  },
});

const isEmulated = (name: string): boolean =>
  /local|minio|wasabi|spaces|r2|b2|backblaze|ceph|scaleway|scw|digitalocean|linode|dummy|fake|test|mock|cloudflare|yandex|ovh|dynamodb/i.test(
    name,
  );

type Shape = Setting["hidden"];

/** Where one half has the right shape, the other should. Where neither has, it may be no key of AWS at all. */
function judge(id: Shape, secret: Shape): { of: "id" | "secret"; says: string; sure: boolean } | undefined {
  if (id === undefined || secret === undefined) return undefined;
  if (odd(id) || odd(secret)) return undefined;
  const isId = id.looksLike === "long-term key" || id.looksLike === "temporary key";
  const isSecret = secret.looksLike === "secret key";
  if (isId && isSecret) return undefined;
  if (!isId && (secret.looksLike === "long-term key" || secret.looksLike === "temporary key"))
    return { of: "id", says: "the key id and the secret key are swapped", sure: true };
  if (isId) {
    const count = `the secret key has ${secret.length} characters, and not forty`;
    return {
      of: "secret",
      says: secret.length === 40 ? "the secret key has a character that none has" : count,
      sure: true,
    };
  }
  const says =
    id.length === 20
      ? "the key id has not the letters of one"
      : `the key id has ${id.length} characters, and not twenty`;
  return { of: "id", says, sure: isSecret };
}

/** Blanks and foreign characters have rules of their own. */
const odd = ({ blankInside, nonAscii, length }: NonNullable<Shape>): boolean => blankInside || nonAscii || length === 0;
