import * as fc from "fast-check";
import { assert, expect, test } from "vitest";
import { didYouMean, nearest } from "../src/nearest.ts";
import { cost } from "./cost.ts";

const SETTINGS = ["region", "output", "role_arn", "source_profile", "aws_session_token", "aws_secret_access_key"];

test.each<[string, string[], string[]]>([
  ["regoin", SETTINGS, ["region"]], // two letters changed places
  ["regio", SETTINGS, ["region"]],
  ["regionn", SETTINGS, ["region"]],
  ["tegion", SETTINGS, ["region"]],
  ["REGION", SETTINGS, ["region"]],
  ["region", SETTINGS, []], // it is one of them
  ["aws_secret_acess_key", SETTINGS, ["aws_secret_access_key"]],
  ["secret_key", SETTINGS, []],
  ["", SETTINGS, []],
  ["x", ["y", "xy", "xyz", "x"], ["xy", "y"]],
  ["prod", ["Prod", "prods", "rod", "dorp"], ["Prod", "prods", "rod"]],
  ["prod", ["d", "prod-eu-1"], []],
  ["dev", ["dev1", "dev2", "dev3", "dev4"], ["dev1", "dev2", "dev3"]],
  ["abc", ["acb", "abcd", "bac"], ["abcd", "acb", "bac"]],
  ["abc", [], []],
  ["straße", ["strasse", "strase"], ["strase", "strasse"]],
])("for %j among %j somebody may have meant %j", (wrong, names, meant) => expect(nearest(wrong, names)).toEqual(meant));

test("as many are named as asked for", () => expect(nearest("dev", ["dev1", "dev2"], 1)).toEqual(["dev1"]));

test.each<[string, string]>([
  ["regoin", ", did you mean 'region'?"],
  ["elsewhere", ""],
])("of %j it is said %j", (wrong, said) => assert.equal(didYouMean(wrong, SETTINGS), said));

test("the names may come in any order", () => {
  const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "C"), maxLength: 5 }), names, (wrong, all) => {
      expect(nearest(wrong, all.toReversed())).toEqual(nearest(wrong, all));
    }),
  );
});

test("two names of thousands of letters are not compared letter by letter", () => {
  assert.isBelow(
    cost(() => nearest("a".repeat(12_000), ["b".repeat(12_000)]), 40),
    50,
  );
});

test.each([
  [199, 200, true],
  [200, 199, true],
  [200, 201, false],
  [201, 200, false],
])("a name of %i letters and one of %i may be near: %s", (wrong, right, isNear) => {
  assert.lengthOf(nearest("a".repeat(wrong), ["a".repeat(right)]), isNear ? 1 : 0);
});
