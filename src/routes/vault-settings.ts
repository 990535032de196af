import type { Layer, Profile, Reading, Section, Setting } from "../model/reading.ts";
import type { Chosen, SessionVariables } from "../model/session.ts";
import { isAwsVault } from "../model/tool.ts";

/** The settings that aws-vault goes by: an empty value is none, and some variables win over the files. */

/** The setting of a profile that decides: the first in its layers that is not empty. */
export function vaultSetting(profile: Profile, name: string): Setting | undefined {
  const first = profile.get(name);
  return first?.value === "" ? inLayers(profile.layers, name) : first;
}

function inLayers(layers: readonly Layer[], name: string): Setting | undefined {
  let isSettled = false;
  for (const { kind, section } of layers) {
    // A section and its parents (`a.b` and `a`) are one to Go's reader, and there an empty value hides the next.
    if (kind === "parent" && isSettled) continue;
    const found = section.get(name);
    if (found !== undefined && found.value !== "") return found;
    isSettled = found !== undefined;
  }
  return undefined;
}

/** What each section of a profile, together with its parents, says of a setting, from the profile's own on. */
export function inEachSection(profile: Profile, name: string): (Setting | undefined)[] {
  return families(profile).map((layers) => inLayers(layers, name));
}

/** What the profile's own section says, or its parents; not what it takes over from other profiles. */
export const inOwnSection = (profile: Profile, name: string): Setting | undefined =>
  profile.has(name) ? inEachSection(profile, name)[0] : undefined;

/** The layers of a profile, each section together with its parents. */
function families({ layers }: Profile): Layer[][] {
  const all: Layer[][] = [];
  for (const layer of layers) {
    if (layer.kind === "parent") all.at(-1)?.push(layer);
    else all.push([layer]);
  }
  return all;
}

/** What the profile names as its source. A profile that names itself means its own key in the store. */
export function sourceOf(profile: Profile): Setting | undefined {
  const source = vaultSetting(profile, "source_profile");
  return source?.value === profile.name ? undefined : source;
}

/** The profile as aws-vault makes it up: for a name that stands in no section, of `[default]` alone. */
export function profileNamed(name: string, reading: Reading): Profile {
  const known = reading.profiles.get(name);
  if (known !== undefined) return known;
  const byDefault = reading.profiles.get("default");
  return {
    name,
    layers: (byDefault?.layers ?? []).map(({ kind, section }) => ({
      kind: kind === "config" ? "default" : kind,
      section,
    })),
    get: (setting) => byDefault?.get(setting),
    has: (setting) => byDefault?.has(setting) === true,
  };
}

export interface SsoSettings {
  /** The `sso_session` that is used, whether or not there is such a section. */
  readonly session: Setting | undefined;
  readonly startUrl: Setting | undefined;
  readonly region: Setting | undefined;
  readonly scopes: Setting | undefined;
  /** The line of the profile that decided on the start URL. */
  readonly by: Setting | undefined;
}

/**
 * The first `sso_session` in the layers decides. A section of that name takes the place of what was collected above it,
 * and only what it leaves empty comes from the profile's own lines, from there on down.
 */
export function ssoSettings(profile: Profile, reading: Reading): SsoSettings {
  let session: Setting | undefined;
  let startUrl: Setting | undefined;
  let region: Setting | undefined;
  let scopes: Setting | undefined;
  let by: Setting | undefined;
  for (const layers of families(profile)) {
    const named = inLayers(layers, "sso_session");
    if (session === undefined && named !== undefined) {
      session = named;
      if (reading.ssoSessions.has(named.value)) {
        startUrl = ofSession(named.value, "sso_start_url", reading);
        region = ofSession(named.value, "sso_region", reading);
        scopes = ofSession(named.value, "sso_registration_scopes", reading);
        by = startUrl && named;
      }
    }
    if (startUrl === undefined) by = startUrl = inLayers(layers, "sso_start_url");
    region ??= inLayers(layers, "sso_region");
  }
  return { session, startUrl, region, scopes, by };
}

function ofSession(name: string, key: string, { ssoSessions }: Reading): Setting | undefined {
  for (let of = name; ; of = of.slice(0, of.lastIndexOf("."))) {
    const section: Section | undefined = ssoSessions.get(of);
    const found = section?.get(key);
    if (found !== undefined) return found.value === "" ? undefined : found;
    if (of.lastIndexOf(".") <= 0) return undefined;
  }
}

interface Overriding {
  readonly variables: readonly (keyof SessionVariables)[];
  /** Other profiles of the chain go by the files. */
  readonly targetOnly?: true;
  /** The AWS CLI goes by the variable too; by the others, it goes by the files. */
  readonly inAws?: true;
  /** The AWS CLI knows no such setting. */
  readonly isOwn?: true;
}

const OVERRIDING: Readonly<Record<string, Overriding>> = {
  region: { variables: ["AWS_REGION", "AWS_DEFAULT_REGION"], inAws: true },
  sts_regional_endpoints: { variables: ["AWS_STS_REGIONAL_ENDPOINTS"], inAws: true },
  endpoint_url: { variables: ["AWS_ENDPOINT_URL"], inAws: true },
  mfa_serial: { variables: ["AWS_MFA_SERIAL"] },
  role_arn: { variables: ["AWS_ROLE_ARN"], targetOnly: true },
  role_session_name: { variables: ["AWS_ROLE_SESSION_NAME"], targetOnly: true },
  session_tags: { variables: ["AWS_SESSION_TAGS"], targetOnly: true, isOwn: true },
  transitive_session_tags: { variables: ["AWS_TRANSITIVE_TAGS"], targetOnly: true, isOwn: true },
  source_identity: { variables: ["AWS_SOURCE_IDENTITY"], targetOnly: true, isOwn: true },
};

/** To the AWS CLI an empty one is one, which AWS refuses. */
const SENT_EMPTY: readonly string[] = ["external_id", "mfa_serial"];

/** The value that a profile of a chain goes by, and what decided it. */
export function chosen(
  profile: Profile,
  name: string,
  { target, tool, variables }: { target: string; tool: Reading["tool"]; variables: SessionVariables },
): Chosen | undefined {
  if (name === "endpoint_url" && tool === "aws-vault-99designs") return undefined;
  const overriding = OVERRIDING[name];
  const isVault = isAwsVault(tool);
  if (!isVault && overriding?.isOwn) return undefined;
  if (overriding !== undefined && (isVault ? !overriding.targetOnly || profile.name === target : overriding.inAws)) {
    for (const variable of overriding.variables) {
      const value = variables[variable];
      if (value) return { value, by: { kind: "variable", variable } };
    }
  }
  const setting = !isVault && SENT_EMPTY.includes(name) ? profile.get(name) : vaultSetting(profile, name);
  return setting && { value: setting.value, by: { kind: "setting", setting } };
}
