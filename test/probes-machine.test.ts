import { assert, describe, test } from "vitest";
import type { Listener, MetadataAddress } from "../src/model/facts.ts";
import { type Seen, seen, unseen } from "../src/model/seen.ts";
import { listenersOn, parseProcNet } from "../src/probes/listeners.ts";
import { lookAtHardware, lookAtMachine } from "../src/probes/machine.ts";
import { lookAtMetadataAddress } from "../src/probes/metadata.ts";
import { lookAtPrograms } from "../src/probes/programs.ts";
import { lookAtServerPort } from "../src/probes/server-port.ts";
import { lookAtVault } from "../src/probes/vault.ts";
import { lookAtVaultItems } from "../src/probes/vault-items.ts";
import { METADATA_ADDRESS } from "../src/system/addresses.ts";
import { FileTrouble } from "../src/system/system.ts";
import { type FakeFile, type FakeOptions, fakeSystem } from "./fake-system.ts";

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/** A line as the kernel prints it; the address in the kernel's own hexadecimal. */
function line(local: string, { state = "0A", owner = 1000, inode = 572 } = {}): string {
  const remote = local.replace(/[0-9A-F]/g, "0");
  return `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(owner).padStart(5)}        0 ${inode} 1 0000000065cc4096 100 0 0 10 0\n`; // biome-ignore format: as it comes
}

const LOCALHOST = "0100007F";
const ANY = "00000000";
const METADATA = "FEA9FEA9";
const ANY6 = "0".repeat(32);

describe("the kernel's table of sockets", () => {
  test.each([
    ["00000000:07E8", "0.0.0.0", 2024],
    ["0100007F:0050", "127.0.0.1", 80],
    ["FEA9FEA9:0050", "169.254.169.254", 80],
    [`${ANY6}:238B`, "::", 9099],
    ["00000000000000000000000001000000:238B", "::1", 9099],
    ["0000000000000000FFFF00000100007F:238B", "127.0.0.1", 9099],
    ["0000000000000000FFFF000000000000:238B", "0.0.0.0", 9099],
    ["000080FE00000000FF565400A6D2E7FE:0050", "fe80::54:56ff:fee7:d2a6", 80],
    ["B80D01200000000001000000DDCCBBAA:0050", "2001:db8::1:aabb:ccdd", 80],
    ["B80D0120000001000200030005000400:0050", "2001:db8:1:0:3:2:4:5", 80],
    ["00000100000000000000010000000100:0050", "1::1:0:1:0", 80],
  ])("%s is %s port %i", (local, address, port) => {
    assert.deepEqual(parseProcNet(HEADER + line(local)), [{ address, port, owner: 1000, inode: "572" }]);
  });

  test.each([
    ["no line", ""],
    ["the header alone", HEADER],
    ["a connection", HEADER + line("0100007F:0050", { state: "01" })],
    ["a socket in TIME_WAIT", HEADER + line("0100007F:0050", { state: "06" })],
    ["a line that was cut", HEADER + line("0100007F:0050").slice(0, 60)],
    ["an address that is none", HEADER + line("XX00007F:0050")],
  ])("%s is no listener", (_, text) => assert.deepEqual(parseProcNet(text), []));
});

/** Files of a Linux on which a process of ours holds socket 1 and root's process holds socket 2. */
function proc(tcp: string, more: Record<string, FakeFile> = {}): Record<string, FakeFile> {
  return {
    "/proc/net/tcp": { text: HEADER + tcp, mode: 0o444 },
    "/proc/net/tcp6": { text: HEADER, mode: 0o444 },
    "/proc/1/comm": { text: "systemd\n", mode: 0o644, owner: 0 },
    "/proc/1/fd": { kind: "directory", mode: 0o500, owner: 0 },
    "/proc/1/fd/3": { link: "socket:[2]" },
    "/proc/40/comm": { text: "aws-vault\n", mode: 0o644 },
    "/proc/40/fd/0": { link: "/dev/null" },
    "/proc/40/fd/3": { link: "socket:[1]" },
    "/proc/200/fd/3": { link: "socket:[1]" },
    "/proc/200/comm": { text: "its-child\n", mode: 0o644 },
    ...more,
  };
}

const OURS = seen({ pid: 40, name: "aws-vault" });
const ROOTS = unseen("not-here", "it belongs to user id 0; run the doctor as that user to see its name");

describe("who listens, on Linux", () => {
  const cases: [string, FakeOptions, Seen<Listener[]>][] = [
    ["nobody", { files: proc("") }, seen([])],
    [
      "nobody on this port",
      { files: proc(line(`${LOCALHOST}:238C`)), holders: () => [{ pid: 40, name: "x" }] },
      seen([]),
    ],
    [
      "a process of ours, by its parent's name",
      { files: proc(line(`${LOCALHOST}:238B`, { inode: 1 })) },
      seen([{ address: "127.0.0.1", port: 9099, owner: 1000, process: OURS }]),
    ],
    [
      "a process of root",
      { files: proc(line(`${ANY}:238B`, { owner: 0, inode: 2 })) },
      seen([{ address: "0.0.0.0", port: 9099, owner: 0, process: ROOTS }]),
    ],
    [
      "a process of root, whose name find-process cannot prove",
      {
        files: proc(line(`${ANY}:238B`, { owner: 0, inode: 2 })),
        holders: { 9099: [{ pid: 40, name: "aws-vault" }] },
      },
      seen([{ address: "0.0.0.0", port: 9099, owner: 0, process: ROOTS }]),
    ],
    [
      "a process of root, seen by root",
      { user: 0, files: proc(line(`${ANY}:238B`, { owner: 0, inode: 2 })) },
      seen([{ address: "0.0.0.0", port: 9099, owner: 0, process: seen({ pid: 1, name: "systemd" }) }]),
    ],
    [
      "a process of ours in another namespace",
      { files: proc(line(`${ANY}:238B`, { inode: 77 })) },
      seen([
        {
          address: "0.0.0.0",
          port: 9099,
          owner: 1000,
          process: unseen("not-here", "its process cannot be seen from here"),
        },
      ]),
    ],
    [
      "a process that ends while we look",
      { files: proc(line(`${ANY}:238B`, { inode: 9 }), { "/proc/7/fd/3": { link: "socket:[9]" } }) },
      seen([
        {
          address: "0.0.0.0",
          port: 9099,
          owner: 1000,
          process: unseen("failed", "process 7 ended while we looked"),
        },
      ]),
    ],
    [
      "two, of both families",
      {
        files: proc(line(`${LOCALHOST}:238B`, { inode: 1 }), {
          "/proc/net/tcp6": HEADER + line(`${ANY6}:238B`, { owner: 0, inode: 2 }),
        }),
      },
      seen([
        { address: "127.0.0.1", port: 9099, owner: 1000, process: OURS },
        { address: "::", port: 9099, owner: 0, process: ROOTS },
      ]),
    ],
  ];
  test.each(cases)("%s", async (_, options, expected) => {
    assert.deepEqual(await listenersOn(fakeSystem(options), 9099), expected);
  });

  test("a kernel without IPv6 is no riddle", async () => {
    const { "/proc/net/tcp6": _, ...files } = proc("");
    assert.deepEqual(await listenersOn(fakeSystem({ files }), 9099), seen([]));
  });

  test("a holder that only find-process knew of is named when it holds the socket", async () => {
    // The process starts between our look at /proc and find-process's.
    const files: Record<string, FakeFile> = proc(line(`${LOCALHOST}:238B`, { inode: 9 }), {
      "/proc/90/fd/3": { link: "socket:[9]" },
      "/proc/90/comm": "late\n",
    });
    const system = fakeSystem({ files, holders: { 9099: [{ pid: 90, name: "?" }] } });
    const list = (path: string): readonly string[] => (path === "/proc" ? ["1", "40"] : system.files.list(path));
    const found = await listenersOn({ ...system, files: { ...system.files, list } }, 9099);
    assert(found.known);
    assert.deepEqual(found.value[0]?.process, seen({ pid: 90, name: "late" }));
  });
});

describe("who listens, elsewhere", () => {
  const hidden = unseen("not-here", "this system does not tell who it is without more rights");
  const silent = unseen("not-here", "this system does not tell who listens on port 9099 without more rights");
  const cases: [string, FakeOptions, Seen<Listener[]>][] = [
    [
      "find-process knows",
      { holders: { 9099: [{ pid: 5, name: "aws-vault" }] } },
      seen([{ address: "*", port: 9099, owner: undefined, process: seen({ pid: 5, name: "aws-vault" }) }]),
    ],
    ["nobody: the port is free", {}, seen([])],
    [
      "nobody knows, but the port is busy",
      { listen: { "127.0.0.1:9099": "busy" } },
      seen([{ address: "127.0.0.1", port: 9099, owner: undefined, process: hidden }]),
    ],
    ["nobody may know", { listen: { "127.0.0.1:9099": "unknown" } }, silent],
    ["nobody has the address", { listen: { "127.0.0.1:9099": "absent" } }, silent],
  ];
  for (const os of ["darwin", "win32", "linux"]) {
    test.each(cases)(`${os}: %s`, async (_, options, expected) => {
      assert.deepEqual(await listenersOn(fakeSystem({ os, ...options }), 9099), expected);
    });
  }
});

const LOOPBACK = { name: "lo", address: "127.0.0.1", loopback: true };
const ALIAS = { name: "lo", address: METADATA_ADDRESS, loopback: true };
const ON_LO = { name: "lo", loopback: true };

const at = (address: string): Listener => ({ address, port: 80, owner: 1000, process: OURS });

const never = (): never => assert.fail("asked without need");

function forbidden(): never {
  throw new FileTrouble("permission denied");
}

test("the interfaces of containers and virtual machines are named", async () => {
  const names = ["lo", "eth0", "wlan0", "docker0", "br-0a1b2c3d4e5f", "virbr0", "veth12ab", "br0"];
  const interfaces = names.map((name) => ({ name, address: "10.0.0.1", loopback: false }));
  const found = await lookAtMetadataAddress(fakeSystem({ interfaces }));
  assert.deepEqual(found.known && found.value.bridges, ["docker0", "br-0a1b2c3d4e5f", "virbr0"]);
});

describe("the metadata address", () => {
  const listen = (address: string): Record<string, FakeFile> => proc(line(`${address}:0050`, { inode: 1 }));
  const inodeOfTcp6 = { ...proc(""), "/proc/net/tcp6": HEADER + line(`${ANY6}:0050`, { inode: 1 }) };
  const cases: [string, FakeOptions, Omit<MetadataAddress, "bridges">][] = [
    ["nothing", { files: proc("") }, { alias: undefined, listeners: [] }],
    ["an alias alone", { files: proc(""), interfaces: [LOOPBACK, ALIAS] }, { alias: ON_LO, listeners: [] }],
    [
      "an alias on a real interface",
      { files: proc(""), interfaces: [{ name: "eth0", address: METADATA_ADDRESS, loopback: false }] },
      { alias: { name: "eth0", loopback: false }, listeners: [] },
    ],
    [
      "a listener on it",
      { files: listen(METADATA), interfaces: [ALIAS] },
      { alias: ON_LO, listeners: [at(METADATA_ADDRESS)] },
    ],
    [
      "a socket in the kernel's list that outlived the alias, where nobody can listen",
      { files: listen(METADATA) },
      { alias: undefined, listeners: [] },
    ],
    ["a listener on every address", { files: listen(ANY), interfaces: [ALIAS] }, { alias: ON_LO, listeners: [at("0.0.0.0")] }], // biome-ignore format: a row
    ["a listener on every IPv6 address", { files: inodeOfTcp6, interfaces: [ALIAS] }, { alias: ON_LO, listeners: [at("::")] }], // biome-ignore format: a row
    ["a web server, and no alias", { files: listen(ANY) }, { alias: undefined, listeners: [] }],
    ["a web server on localhost", { files: listen(LOCALHOST), interfaces: [ALIAS] }, { alias: ON_LO, listeners: [] }],
    ["elsewhere, no alias", { os: "darwin", holders: never, listen: never }, { alias: undefined, listeners: [] }],
    [
      "elsewhere, a known holder",
      { os: "darwin", interfaces: [ALIAS], holders: { 80: [{ pid: 40, name: "aws-vault" }] } },
      { alias: ON_LO, listeners: [{ ...at("*"), owner: undefined }] },
    ],
  ];
  test.each(cases)("%s", async (_, options, expected) => {
    assert.deepEqual(await lookAtMetadataAddress(fakeSystem(options)), seen({ ...expected, bridges: [] }));
  });

  test("what cannot be told is passed on", async () => {
    const system = fakeSystem({ os: "darwin", interfaces: [ALIAS], listen: () => "unknown" });
    const why = "this system does not tell who listens on port 80 without more rights";
    assert.deepEqual(await lookAtMetadataAddress(system), unseen("not-here", why));
  });

  test("without an alias no file is read and nobody is asked", async () => {
    const system = fakeSystem({ files: listen(METADATA), holders: never, listen: never });
    const found = await lookAtMetadataAddress({ ...system, files: { ...system.files, readText: never, list: never } });
    assert.deepEqual(found, seen({ alias: undefined, listeners: [], bridges: [] }));
  });

  test("interfaces that may not be listed leave it unseen", async () => {
    const system = fakeSystem();
    const found = await lookAtMetadataAddress({ ...system, network: { ...system.network, interfaces: forbidden } });
    assert.deepEqual(found, unseen("failed", "the network interfaces could not be listed: permission denied"));
  });
});

describe("the port of aws-vault's server", () => {
  const listen = { "127.0.0.1:9099": "busy" } as const;

  test.each([
    [LOCALHOST, ["127.0.0.1"]],
    [ANY, ["0.0.0.0"]],
    [METADATA, []],
    ["0200007F", []],
  ])("%s is in its way: %s", async (address, expected) => {
    const found = await lookAtServerPort(fakeSystem({ listen, files: proc(line(`${address}:238B`)) }));
    assert(found.known);
    assert.deepEqual(
      found.value.map((listener) => listener.address),
      expected,
    );
  });

  test("of IPv6, too; and what cannot be told is passed on", async () => {
    const files = { ...proc(""), "/proc/net/tcp6": HEADER + line(`${ANY6}:238B`) };
    const found = await lookAtServerPort(fakeSystem({ listen, files }));
    assert.lengthOf(found.known ? found.value : [], 1);
    assert.isFalse((await lookAtServerPort(fakeSystem({ os: "darwin", listen: () => "unknown" }))).known);
  });

  test("of a free port no table is read and nobody is asked", async () => {
    const system = fakeSystem({ files: proc(line(`${METADATA}:238B`)), holders: never });
    const found = await lookAtServerPort({ ...system, files: { ...system.files, list: never } });
    assert.deepEqual(found, seen([]));
  });

  describe("where the kernel says how many sockets there are", () => {
    const stat = (four: number, six: number) => ({
      "/proc/net/sockstat": `sockets: used 15\nTCP: inuse ${four} orphan 0 tw 0 alloc 1 mem 0\n`,
      "/proc/net/sockstat6": `TCP6: inuse ${six}\n`,
    });

    const padded = (...lines: readonly string[]): string =>
      [HEADER, ...lines].map((one) => `${one.trimEnd().padEnd(149)}\n`).join("");

    test("none is read of what there is none", async () => {
      const files = { ...stat(0, 0), "/proc/net/tcp": HEADER + line(`${ANY}:238B`) };
      assert.deepEqual(await lookAtServerPort(fakeSystem({ files, listen })), seen([]));
    });

    test.each([
      ["of IPv4", { ...stat(1, 0), "/proc/net/tcp": padded(line(`${ANY}:238B`)) }],
      ["of IPv6", { ...stat(0, 1), "/proc/net/tcp6": HEADER + line(`${ANY6}:238B`) }],
    ])("those %s are looked at", async (_, files) => {
      const found = await lookAtServerPort(fakeSystem({ files, listen }));
      assert.lengthOf(found.known ? found.value : [], 1);
    });
  });
});

describe("the vault's folder", () => {
  const KEYS = "/home/user/.awsvault/keys";
  const profilesOf = (names: readonly string[]): unknown => {
    const files = Object.fromEntries(names.map((name) => [`${KEYS}/${name}`, "sealed"]));
    const vault = lookAtVault(fakeSystem({ files }));
    return vault.known && vault.value.profiles;
  };

  test.each([
    ["work", ["work"]],
    ["two words", ["two words"]],
    ["team%2Fprod", ["team/prod"]],
    ["100%25", ["100%"]],
    ["100%", ["100%"]],
    ["gr%C3%BCn", ["gr\u00fcn"]],
    ["a,b,c", ["a,b,c"]],
    ["a,b,c,d", ["a,b,c,d"]],
    ["type,no base64!,x,1684967406", ["type,no base64!,x,1684967406"]],
    ["sts.GetSessionToken,d29yaw,YXJuOmF3czppYW06OjExMTptZmEvbWU,1684967406", []],
    ["sts.AssumeRoleWithWebIdentity,d29yaw,,1684967406", []],
    ["oidc:https:%2F%2Fx.awsapps.com%2Fstart", []],
    ["session,work,arn:aws:iam::111:mfa/me,1684967406".replaceAll("/", "%2F"), []],
    ["work session (1684967406)", []],
  ])("'%s' stands for %j", (name, expected) => assert.deepEqual(profilesOf([name]), expected));

  test("no folder is an empty vault", () => {
    const expected = { path: KEYS, store: KEYS, mode: undefined, owner: undefined, profiles: [], open: [] };
    assert.deepEqual(lookAtVault(fakeSystem()), seen(expected));
  });

  test("where a password store is chosen, its files tell what is there", () => {
    const files = { "/home/user/pw/aws/work.gpg": "", "/home/user/pw/bank.gpg": "", [`${KEYS}/other`]: "" };
    const environment = {
      AWS_VAULT_BACKEND: "pass",
      AWS_VAULT_PASS_PASSWORD_STORE_DIR: "~/pw",
      AWS_VAULT_PASS_PREFIX: "aws",
    };
    const found = lookAtVault(fakeSystem({ files, environment }));
    assert.deepInclude(found.known ? found.value : {}, { path: KEYS, store: "/home/user/pw/aws", profiles: ["work"] });
  });

  test("files that others may read are named, sessions too; folders are no keys", () => {
    const session = "sts.GetSessionToken,d29yaw,,1684967406";
    const system = fakeSystem({
      files: {
        [KEYS]: { kind: "directory", mode: 0o755 },
        [`${KEYS}/zed`]: "sealed",
        [`${KEYS}/work`]: { text: "sealed", mode: 0o640 },
        [`${KEYS}/${session}`]: { text: "sealed", mode: 0o604 },
        [`${KEYS}/folder`]: { kind: "directory", mode: 0o755 },
        [`${KEYS}/dangling`]: { link: "nowhere" },
      },
    });
    const expected = {
      path: KEYS,
      store: KEYS,
      mode: 0o755,
      owner: 1000,
      profiles: ["work", "zed"],
      open: [
        { path: `${KEYS}/${session}`, mode: 0o604 },
        { path: `${KEYS}/work`, mode: 0o640 },
      ],
    };
    assert.deepEqual(lookAtVault(system), seen(expected));
  });

  test("items are told apart by their names, and by their shapes", () => {
    const session = "sts.GetSessionToken,d29yaw,,1684967406";
    const sealed = "eyJhbGciOiJQQkVTMiJ9.RVhB.RVhB.RVhB.RVhB";
    const system = fakeSystem({
      files: {
        [`${KEYS}/.DS_Store`]: "",
        [`${KEYS}/oidc:https:%2F%2Fx.awsapps.com%2Fstart`]: sealed.slice(0, 30),
        [`${KEYS}/${session}`]: { text: sealed, modified: "2026-01-01T00:00:00Z" },
        [`${KEYS}/work`]: "",
      },
    });
    const found = lookAtVaultItems(system, { vault: lookAtVault(system) });
    assert.deepEqual(
      found.known &&
        found.value.map(({ kind, profile, state, expires, modified }) => [kind, profile, state, expires, modified]),
      [
        ["token", undefined, "broken", undefined, 0],
        ["session", "work", "sealed", 1684967406, Date.parse("2026-01-01T00:00:00Z")],
        ["key", "work", "empty", undefined, 0],
      ],
    );
    assert.deepEqual(lookAtVaultItems(fakeSystem(), { vault: lookAtVault(fakeSystem()) }), seen([]));
  });

  test("Windows has no modes to judge", () => {
    const vault = lookAtVault(fakeSystem({ os: "win32", files: { [`${KEYS}/work`]: { mode: 0o666 } } }));
    assert(vault.known);
    assert.deepEqual([vault.value.open, vault.value.mode, vault.value.profiles], [[], undefined, ["work"]]);
  });

  test.each([
    ["~/vault", "/home/user/vault"],
    ["~/vault/", "/home/user/vault"],
    ["/srv/vault", "/srv/vault"],
    ["vault", "/home/user/project/vault"],
    ["~other/vault", "/home/user/project/~other/vault"],
    ["$HOME/vault", "/home/user/project/$HOME/vault"],
    ["", KEYS],
  ])("AWS_VAULT_FILE_DIR=%s is %s", (told, path) => {
    const system = fakeSystem({ environment: { AWS_VAULT_FILE_DIR: told }, folder: "/home/user/project" });
    const vault = lookAtVault(system);
    assert.equal(vault.known && vault.value.path, path);
  });

  test.each([
    [{ kind: "directory", mode: 0o000 }, `the folder '${KEYS}' cannot be read: permission denied`],
    [{ kind: "file" }, `'${KEYS}' is not a folder`],
  ] as const)("%j stays unseen", (entry, why) => {
    assert.deepEqual(lookAtVault(fakeSystem({ files: { [KEYS]: entry } })), unseen("failed", why));
  });
});

const version = (text: string): FakeOptions => ({ files: { "/proc/version": text } });

describe("the machine", () => {
  const PLAIN = {
    os: "linux",
    user: 1000,
    home: "/home/user",
    wsl: false,
    container: false,
  };
  const cases: [string, FakeOptions, object][] = [
    ["a Linux", version("Linux version 6.1.0 (gcc) #1 SMP"), {}],
    ["WSL", version("Linux version 5.15.90.1-microsoft-standard-WSL2"), { wsl: true }],
    ["the first WSL", version("Linux version 4.4.0-19041-Microsoft"), { wsl: true }],
    ["WSL by its variable", { environment: { WSL_DISTRO_NAME: "Ubuntu" } }, { wsl: true }],
    ["Docker", { files: { "/.dockerenv": "" } }, { container: true }],
    ["Podman", { files: { "/run/.containerenv": "" } }, { container: true }],
    ["systemd-nspawn", { environment: { container: "systemd-nspawn" } }, { container: true }],
    ["an empty variable", { environment: { container: "" } }, {}],
    ["a pod", { environment: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } }, { container: true }],
    ["a Mac", { os: "darwin", environment: { container: "x", WSL_DISTRO_NAME: "x" } }, { os: "darwin" }],
    ["Windows", { os: "win32", home: "/C/me" }, { os: "win32", user: undefined, home: "/C/me" }],
  ];
  test.each(cases)("%s", (_, options, expected) => {
    assert.deepEqual(lookAtMachine(fakeSystem(options)), seen({ ...PLAIN, ...expected }));
  });
});

function onPath(options: FakeOptions): unknown {
  const programs = lookAtPrograms(fakeSystem(options));
  return programs.known && Object.fromEntries(programs.value);
}

describe("programs", () => {
  const PROGRAM = { mode: 0o755 };

  test("the first of PATH wins; what is no program does not count", () => {
    const files = {
      "/one/aws": { mode: 0o644 },
      "/one/aws-vault": PROGRAM,
      "/one/pass": { kind: "directory", mode: 0o755 },
      "/one/cat": PROGRAM,
      "/two/aws": PROGRAM,
      "/two/aws-vault": PROGRAM,
      "/two/gpg": { link: "../one/cat" },
      "/two/op": { link: "nowhere" },
      "/closed": { kind: "directory", mode: 0o000 },
      "/closed/ykman": PROGRAM,
      "/home/user/bin/docker": PROGRAM,
    } as const;
    assert.deepEqual(onPath({ files, environment: { PATH: "/closed:bin:/one:/two/:/one" } }), {
      aws: "/two/aws",
      "aws-vault": "/one/aws-vault",
      gpg: "/two/gpg",
    });
  });

  test("on Windows an ending makes a program", () => {
    const files = { "/tools\\aws.EXE": PROGRAM, "/tools\\aws-vault": PROGRAM };
    assert.deepEqual(onPath({ os: "win32", files, environment: { PATH: "/tools" } }), { aws: "/tools\\aws.EXE" });
  });

  test("none is no trouble", () => assert.deepEqual(onPath({}), {}));
});

describe("what the firmware says", () => {
  const cases: [string, FakeOptions, object][] = [
    ["nothing", {}, { ec2: false, maker: undefined }],
    ["EC2", { files: { "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n" } }, { ec2: true, maker: "Amazon EC2" }],
    [
      "an EC2 of before",
      { files: { "/sys/hypervisor/uuid": "ec2e1916-9099-7caf\n" } },
      { ec2: true, maker: undefined },
    ],
    ["a laptop", { files: { "/sys/class/dmi/id/sys_vendor": "LENOVO\n" } }, { ec2: false, maker: "LENOVO" }],
  ];
  test.each(cases)("%s", (_, options, expected) =>
    assert.deepEqual(lookAtHardware(fakeSystem(options)), seen(expected)),
  );
});
