import fs from "node:fs";

/** Somebody, by number: as who a process runs. */
export interface Who {
  readonly uid: number;
  readonly gid: number;
}

/** Who is on this machine: the texts of /etc/passwd and /etc/group. */
export interface UserLists {
  readonly passwd: string;
  readonly group: string;
}

/**
 * Whether a user's group is his alone, so that what it may write only he may. Many systems give each user a group of his
 * own number, and let it write all that he makes (umask 002). Debian's OpenSSH asks the same of the two lists; a group that
 * stands in neither, as where users come from a directory service, may have anybody in it.
 */
export function isPrivateGroup({ uid, gid }: Who, lists: UserLists): boolean {
  // Root's group is also that of whoever runs in many a container, under a number that no list has.
  if (uid === 0 || gid !== uid) return false;
  const users = fieldsOf(lists.passwd).filter(([, , own, primary]) => own === `${uid}` || primary === `${gid}`);
  const groups = fieldsOf(lists.group).filter(([, , number]) => number === `${gid}`);
  if (users.length === 0 || groups.length === 0) return false;
  const names = users.map(([name]) => name!);
  return (
    users.every(([, , own]) => own === `${uid}`) &&
    groups.every(([, , , members = ""]) => members.split(",").every((name) => name === "" || names.includes(name)))
  );
}

const fieldsOf = (list: string): string[][] => list.split("\n").map((line) => line.split(":"));

export function userLists(): UserLists {
  const textOf = (path: string): string => (fs.existsSync(path) ? fs.readFileSync(path, "utf8") : "");
  return { passwd: textOf("/etc/passwd"), group: textOf("/etc/group") };
}
