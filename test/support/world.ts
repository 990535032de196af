import type { FakeState, FakeUser, FakeWorld } from "./fake-aws-world.ts";
import { codeAt, stepAt, stepStart } from "./totp.ts";

/** People and roles for journeys: a user with a device, a role that takes MFA, and one behind that one. */

export const SERIAL = "arn:aws:iam::111122223333:mfa/jane";
export const ADMIN = "arn:aws:iam::444455556666:role/team/Admin";
export const DEEP = "arn:aws:iam::777788889999:role/Deep";
export const WEB_TOKEN = "web-identity-token-example";

export const JANE: FakeUser = {
  account: "111122223333",
  name: "jane",
  keys: [
    {
      id: "AKIAI44QH8DHBEXAMPLE",
      secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
      isActive: true,
      created: new Date("2020-01-01T00:00:00Z"),
    },
  ],
  devices: [{ serial: SERIAL, seed: "a seed of jane's device" }],
};

export const world = (more: FakeWorld = {}): FakeWorld => ({
  users: [{ ...JANE, keys: JANE.keys.map((key) => ({ ...key })) }],
  roles: [
    { arn: ADMIN, trusts: ["arn:aws:iam::111122223333:user/jane", WEB_TOKEN], needsMfa: true, longest: 7200 },
    { arn: "arn:aws:iam::444455556666:role/Reader", trusts: ["arn:aws:iam::111122223333:user/jane"] },
    { arn: DEEP, trusts: [ADMIN], externalId: "x-1", longest: 7200 },
  ],
  portal: { startUrl: "https://corp.awsapps.com/start", accounts: { "111122223333": ["ReadOnly"] }, waits: 1 },
  ...more,
});

const lastSteps = new WeakMap<FakeState, number>();

/** A code that was not used yet: of this half minute, or of the ones to come, which are taken too. */
export function janesCode({ state }: { readonly state: FakeState }): string {
  const step = Math.max(stepAt(state.now()), (lastSteps.get(state) ?? 0) + 1);
  lastSteps.set(state, step);
  return codeAt(JANE.devices[0]!.seed, stepStart(step));
}
