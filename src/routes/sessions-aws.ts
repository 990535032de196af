import type { Profile, Reading, Setting } from "../model/reading.ts";
import { type Hop, hops, type Route } from "../model/route.ts";
import type { Call, Chosen, Duration, SessionPlan, SessionSettings } from "../model/session.ts";
import { reuseWindow } from "./session-durations.ts";
import { chosen, ssoSettings } from "./vault-settings.ts";

const HOUR = 3600;

/**
 * What the AWS CLI does for a profile: it starts with what the route starts with, and assumes one role after another. It
 * makes no session of its own, so every role that names an MFA device asks for a code; what it keeps is its own affair.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 */
export function planInAws(target: string, route: Route, reading: Reading, settings: SessionSettings): SessionPlan {
  const way = hops(route);
  const calls = way.map((hop) => callFor(hop, reading.profiles.get(hop.profile)!, target, reading, settings));
  const chain = [...new Set([target, ...way.map(({ profile }) => profile).reverse()])];
  return { chain, calls, reuse: reuseWindow(settings) };
}

function callFor(hop: Hop, profile: Profile, target: string, reading: Reading, settings: SessionSettings): Call {
  const { name } = profile;
  const own = (setting: string): Chosen | undefined =>
    chosen(profile, setting, { target, tool: reading.tool, variables: settings.variables });
  const duration = roleDuration(profile, settings);
  switch (hop.kind) {
    case "static":
      return { kind: "written-keys", profile: name, file: fileOf(hop.by, profile) };
    case "named-source":
      return { kind: "named-source", profile: name, source: hop.by };
    case "login":
      return { kind: "login", profile: name, session: hop.by };
    case "process":
      return { kind: "credential_process", profile: name, command: hop.by, cache: undefined };
    case "sso": {
      const { startUrl, region } = ssoSettings(profile, reading);
      const [account, role] = [profile.get("sso_account_id"), profile.get("sso_role_name")];
      return {
        kind: "GetRoleCredentials",
        profile: name,
        startUrl: startUrl ?? hop.by,
        region,
        account,
        role,
        cache: undefined,
      };
    }
    case "web-identity":
      return {
        kind: "AssumeRoleWithWebIdentity",
        profile: name,
        role: own("role_arn"),
        token: hop.by,
        duration: { seconds: HOUR, by: { kind: "default" } },
        cache: undefined,
      };
    case "role": {
      const serial = own("mfa_serial");
      return {
        kind: "AssumeRole",
        profile: name,
        role: { value: hop.by.value, by: { kind: "setting", setting: hop.by } },
        duration,
        mfa: serial === undefined ? { kind: "no-serial" } : { kind: "sent", serial, process: undefined },
        cache: undefined,
      };
    }
    // It knows no store.
    case "stored":
      return { kind: "stored-keys", profile: name, withoutSession: [] };
  }
}

/** The file whose section has that very setting. */
const fileOf = (by: Setting, { layers }: Profile): "config" | "credentials" =>
  layers.find(({ section }) => section.get(by.name)?.at.path === by.at.path)?.section.file ?? "credentials";

/** What is no number, the AWS CLI passes over. */
function roleDuration(profile: Profile, settings: SessionSettings): Duration {
  if (settings.duration !== undefined) return { seconds: settings.duration, by: { kind: "flag" } };
  const setting = profile.get("duration_seconds");
  return setting !== undefined && /^\s*[+-]?\d+\s*$/.test(setting.value)
    ? { seconds: Number(setting.value), by: { kind: "setting", setting } }
    : { seconds: HOUR, by: { kind: "default" } };
}
