import type { Captured } from "../../src/system/system.ts";

/** macOS's program `security`, as far as its manual page and its output tell: generic passwords in a keychain file. */
export function fakeSecurity(make: (path: string) => void) {
  const items = new Map<string, { label: string; data: Buffer }>();
  /** Its command lines, and the lines that it read. */
  const run: string[] = [];
  const read: string[] = [];
  const said = (output: string, code = 0, errors = ""): Captured => ({ ended: true, code, output, errors });
  const notFound = said(
    "",
    44,
    "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.\n",
  );
  const blob = (text: string): string =>
    /^[\x20-\x7e]*$/.test(text) ? `"${text}"` : `0x${Buffer.from(text).toString("hex").toUpperCase()}  "?"`;

  function says([program, ...args]: readonly string[], input: string): Captured {
    if (program !== "/usr/bin/security") return { ended: false, trouble: "cannot be started" };
    run.push(args.join(" "));
    const account = args[args.indexOf("-a") + 1]!;
    switch (args[0]!) {
      case "create-keychain":
        make(args[2]!);
        return said("");
      case "dump-keychain":
        return said(
          [...items]
            .map(
              ([name, { label }]) =>
                `keychain: "${args[1]}"\nversion: 512\nclass: "genp"\nattributes:\n    0x00000007 <blob>="${label}"\n    "acct"<blob>=${blob(name)}\n    "svce"<blob>="aws-vault"\n`,
            )
            .join("") +
            `keychain: "${args[1]}"\nversion: 512\nclass: "genp"\nattributes:\n    "acct"<blob>="me"\n    "svce"<blob>="something else"\n`,
        );
      case "find-generic-password": {
        const found = items.get(account);
        if (found === undefined) return notFound;
        const text = found.data.toString();
        return said(`${/^[\x20-\x7e]*$/.test(text) ? text : found.data.toString("hex")}\n`);
      }
      case "delete-generic-password":
        return items.delete(account) ? said('keychain: "…"\n', 0, "password has been deleted.\n") : notFound;
      case "-i": {
        read.push(input);
        const words = [...input.slice(0, 4095).matchAll(/"([^"]*)"|(\S+)/g)].map(
          ([, quoted, plain]) => quoted ?? plain!,
        );
        const of = (flag: string): string => words[words.indexOf(flag) + 1]!;
        items.set(of("-a"), { label: of("-l"), data: Buffer.from(of("-X"), "hex") });
        return said("");
      }
      default:
        return said("", 2, "security: unknown command\n");
    }
  }
  return { says, run, read, items };
}
