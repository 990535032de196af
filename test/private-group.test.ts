import { expect, test } from "vitest";
import { isPrivateGroup, type UserLists, type Who } from "../src/system/private-group.ts";

const PASSWD =
  "root:x:0:0::/root:/bin/sh\njane:x:1000:1000:Jane,,,:/home/jane:/bin/bash\njoe:x:1001:1001::/home/joe:/bin/sh\n";
const GROUP = "root:x:0:\njane:x:1000:\njoe:x:1001:joe\n";
const JANE: Who = { uid: 1000, gid: 1000 };

test.each<[boolean, string, Who, Partial<UserLists>]>([
  [true, "one of the user's number, with nobody in it", JANE, {}],
  [true, "one that lists the user alone", { uid: 1001, gid: 1001 }, {}],
  [true, "one of a user with two names", JANE, { passwd: `${PASSWD}jane2:x:1000:1000::/home/jane:/bin/sh\n` }],
  [false, "one with another member", JANE, { group: GROUP.replace("1000:", "1000:joe") }],
  [false, "one with another member beside the user", JANE, { group: GROUP.replace("1000:", "1000:jane,joe") }],
  [false, "one with two lines, of which one has a member", JANE, { group: `${GROUP}old:x:1000:joe\n` }],
  [false, "one that another user has as his own", JANE, { passwd: `${PASSWD}ann:x:1002:1000::/home/ann:/bin/sh\n` }],
  [false, "one of another number, such as `users`", { uid: 1000, gid: 100 }, { group: `${GROUP}users:x:100:\n` }],
  [false, "root's", { uid: 0, gid: 0 }, {}],
  [false, "one that is in no list", { uid: 1002, gid: 1002 }, {}],
  [false, "one whose user is in no list", JANE, { passwd: "" }],
  [false, "one whose members are in no list", JANE, { group: "" }],
])("%s: a group for one user alone is %s", (expected, _, who, lists) => {
  expect(isPrivateGroup(who, { passwd: PASSWD, group: GROUP, ...lists })).toBe(expected);
});
