import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

interface Layer {
  readonly holds: RegExp;
  /** Layers that it may import, besides itself where it is a folder. */
  readonly may: readonly string[];
  readonly builtins?: readonly string[];
  readonly packages?: readonly string[];
}

/** Who may touch whom. A file in no layer, an arrow that is not listed, and a layer without files all fail. */
const LAYERS: Readonly<Record<string, Layer>> = {
  model: { holds: /^src\/model\//, may: [] },
  awsconfig: { holds: /^src\/awsconfig\//, may: ["model"], builtins: ["node:buffer"] },
  routes: { holds: /^src\/routes\//, may: ["model", "awsconfig"] },
  shell: { holds: /^src\/shell\//, may: ["model", "awsconfig"] },
  cure: { holds: /^src\/cure\//, may: ["model", "awsconfig", "shell"] },
  nearest: { holds: /^src\/nearest\.ts$/, may: [] },
  errors: { holds: /^src\/errors\.ts$/, may: [] },
  version: { holds: /^src\/version\.ts$/, may: ["manifest"] },
  manifest: { holds: /^package\.json$/, may: [] },
  rule: { holds: /^src\/rule(?:\.ts$|\/)/, may: ["model", "awsconfig", "nearest"] },
  rules: { holds: /^rules\/(?!index|heard|cures)/, may: ["rule"] },
  ruleList: { holds: /^rules\/(?:index|heard|cures)\.ts$/, may: ["rules", "rule"] },
  secret: { holds: /^src\/secret\.ts$/, may: [] },
  vaultNames: { holds: /^src\/vault\/(?:(?:pass-)?names|choice)\.ts$/, may: ["system"] },
  vault: {
    holds: /^src\/vault\/(?!(?:(?:pass-)?names|choice)\.)/,
    may: ["vaultNames", "secret", "model", "routes", "system", "nearest", "errors"],
    builtins: ["node:crypto", "node:zlib"],
  },
  system: {
    holds: /^src\/system\//,
    may: ["errors", "secret", "terminal"],
    builtins: [
      "node:child_process",
      "node:crypto",
      "node:fs",
      "node:http",
      "node:https",
      "node:net",
      "node:os",
      "node:tty",
    ],
    packages: ["find-process", "@homebridge/dbus-native", "@napi-rs/keyring"],
  },
  probes: {
    holds: /^src\/probes\//,
    may: [
      "model",
      "awsconfig",
      "routes",
      "shell",
      "system",
      "vaultNames",
      "aws",
      "credentialsType",
      "secret",
      "errors",
    ],
  },
  doctor: { holds: /^src\/doctor\//, may: ["model", "awsconfig", "probes", "system", "nearest", "errors"] },
  treat: {
    holds: /^src\/treat\//,
    may: ["model", "awsconfig", "cure", "probes", "doctor", "vault", "secret", "system", "errors"],
  },
  report: { holds: /^src\/report\//, may: ["model", "awsconfig"], packages: ["boxen", "diff"] },
  terminal: {
    holds: /^src\/terminal\//,
    may: ["model", "system", "report", "secret", "errors"],
    packages: ["listr2", "@inquirer/prompts"],
  },
  preferences: {
    holds: /^src\/(?:preferences|policy)\.ts$/,
    may: ["model", "awsconfig", "system", "nearest", "errors"],
    packages: ["ini"],
  },
  command: { holds: /^src\/commands\/(?:command|colour)\.ts$/, may: ["system"] },
  vaultCommand: {
    holds: /^src\/commands\/vault\/(?:flags|config|exported|pick|serving|default-first)\.ts$/,
    may: [
      "command",
      "credentials",
      "credentialsType",
      "serve",
      "model",
      "awsconfig",
      "probes",
      "report",
      "routes",
      "secret",
      "system",
      "vault",
      "preferences",
      "errors",
    ],
  },
  vaultCommands: {
    holds: /^src\/commands\/vault\/(?!flags\.|config\.|exported\.|pick\.|serving\.|default-first\.|index\.)/,
    may: [
      "command",
      "vaultCommand",
      "credentials",
      "credentialsType",
      "version",
      "serve",
      "run",
      "model",
      "awsconfig",
      "routes",
      "report",
      "secret",
      "system",
      "vault",
      "preferences",
      "nearest",
      "errors",
    ],
  },
  credentialsType: { holds: /^src\/credentials\/credentials\.ts$/, may: ["secret"] },
  aws: {
    holds: /^src\/aws\//,
    may: ["credentialsType", "vault", "secret", "system"],
    builtins: ["node:http", "node:https"],
    packages: [
      "@aws-sdk/client-sts",
      "@aws-sdk/client-iam",
      "@aws-sdk/client-sso",
      "@aws-sdk/client-sso-oidc",
      "@aws-sdk/core/client",
    ],
  },
  credentials: {
    holds: /^src\/credentials\/(?!credentials\.)/,
    may: ["credentialsType", "aws", "model", "routes", "secret", "vault", "system", "nearest", "errors"],
    packages: ["valibot"],
  },
  run: { holds: /^src\/run\//, may: [] },
  serve: {
    holds: /^src\/serve\//,
    may: ["credentials", "credentialsType", "model", "probes", "routes", "secret", "system", "errors"],
    builtins: ["node:crypto"],
  },
  vaultCommandList: { holds: /^src\/commands\/vault\/index\.ts$/, may: ["command", "vaultCommands"] },
  commands: {
    holds: /^src\/commands\/(?!command\.|colour\.|index\.|verify\.|vault\/)/,
    may: [
      "command",
      "model",
      "awsconfig",
      "routes",
      "doctor",
      "cure",
      "treat",
      "vault",
      "probes",
      "report",
      "terminal",
      "system",
      "ruleList",
      "preferences",
      "nearest",
      "errors",
      "version",
    ],
  },
  verifyCommand: {
    holds: /^src\/commands\/verify\.ts$/,
    may: [
      "command",
      "commands",
      "vaultCommand",
      "credentials",
      "model",
      "routes",
      "doctor",
      "probes",
      "report",
      "system",
      "ruleList",
      "preferences",
      "errors",
      "version",
    ],
  },
  commandList: {
    holds: /^src\/commands\/index\.ts$/,
    may: ["command", "commands", "verifyCommand", "vaultCommandList", "errors"],
  },
  arguments: {
    holds: /^src\/arguments\.ts$/,
    may: ["command", "commandList", "nearest", "errors", "version"],
    packages: ["yargs"],
  },
  plainArguments: {
    holds: /^src\/plain-arguments\.ts$/,
    may: ["command", "commandList", "version"],
  },
  completion: {
    holds: /^src\/completion\.ts$/,
    may: ["command", "commandList", "model", "awsconfig", "doctor", "probes", "report", "system", "ruleList", "errors"],
  },
  main: {
    holds: /^src\/main\.ts$/,
    may: ["arguments", "plainArguments", "completion", "command", "system", "report", "errors", "version"],
  },
};

const files = [...sources("src"), ...sources("rules")];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => `${folder}/${name}`)
    .sort();
}

const layerOf = (file: string): string | undefined =>
  Object.entries(LAYERS).find(([, { holds }]) => holds.test(file))?.[0];

/** The modules that a file names, as paths below the root, built-ins as `node:x`, packages by name. */
function imports(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  const names = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|getBuiltinModule\(\s*)"([^"]+)"/g)].map(
    (match) => match[1]!,
  );
  return names.map((name) => {
    if (name === "#rule") return "src/rule.ts";
    return name.startsWith(".") ? normalize(join(dirname(file), name)) : name;
  });
}

describe("the table of layers", () => {
  test.each(files)("%s keeps to it", (file) => {
    const layer = LAYERS[layerOf(file) ?? ""];
    expect(layer, `${file} is in no layer`).toBeDefined();
    for (const target of imports(file)) {
      if (target.startsWith("node:") || builtinModules.includes(target)) {
        expect(layer!.builtins ?? [], `${file} imports ${target}`).toContain(target);
      } else if (target.startsWith("src/") || target.startsWith("rules/") || target === "package.json") {
        expect([layerOf(file), ...layer!.may], `${file} imports ${target}`).toContain(layerOf(target));
      } else {
        expect(layer!.packages ?? [], `${file} imports the package ${target}`).toContain(target);
      }
    }
  });

  test.each(Object.keys(LAYERS))("'%s' holds something", (name) => {
    expect([...files, "package.json"].some((file) => LAYERS[name]!.holds.test(file))).toBe(true);
  });

  test.each([
    "yargs",
    "ini",
    "listr2",
    "boxen",
    "find-process",
    "diff",
    "@inquirer/prompts",
    "@aws-sdk/client-sts",
    "@aws-sdk/client-iam",
    "@aws-sdk/client-sso",
    "@aws-sdk/client-sso-oidc",
    "valibot",
    "@homebridge/dbus-native",
    "@napi-rs/keyring",
  ])("the package '%s' has one door", (name) => {
    expect(files.filter((file) => imports(file).includes(name))).toHaveLength(1);
  });
});

test("no file imports in a circle", () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, [...path, file].join(" → ")).not.toContain(file);
    if (done.has(file) || !file.endsWith(".ts")) return;
    for (const target of imports(file)) if (existsSync(join(ROOT, target))) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

describe("a secret is revealed where it is used, and nowhere else", () => {
  const MAY_REVEAL = /^src\/(?:secret\.ts$|vault\/|credentials\/|aws\/|serve\/)/;
  test.each(files.filter((file) => !MAY_REVEAL.test(file)))("%s", (file) => {
    expect(readFileSync(join(ROOT, file), "utf8")).not.toMatch(/\.reveal(?:Bytes)?\b/);
  });
});

describe("effects live in system/ alone", () => {
  const EFFECTS =
    /\bprocess\.(?:argv|binding|cwd|emit|env|exit|getBuiltinModule|getuid|hrtime|on|platform|stdin|stdout|version)|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bconsole\.|\bsetTimeout\(/;
  test.each(files.filter((file) => !file.startsWith("src/system/")))("%s", (file) => {
    const text = readFileSync(join(ROOT, file), "utf8").replaceAll(
      /\/\*[^]*?\*\/|\/\/.*$|"(?:[^"\\\n]|\\.)*"|`[^`]*`/gm,
      "",
    );
    expect(EFFECTS.exec(text)?.[0], file).toBeUndefined();
  });
});

test("what is no longer used is no longer there: every exported name is imported somewhere", () => {
  const filesWith = new Map<string, number>();
  for (const name of [...files, ...sources("test")]) {
    const words = new Set(readFileSync(join(ROOT, name), "utf8").match(/\w+/g));
    for (const word of words) filesWith.set(word, (filesWith.get(word) ?? 0) + 1);
  }
  for (const file of files.filter((name) => name.startsWith("src/"))) {
    const text = readFileSync(join(ROOT, file), "utf8");
    for (const [, name] of text.matchAll(/^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm)) {
      const uses = filesWith.get(name!) ?? 0;
      const isUsedHere = [...text.matchAll(new RegExp(`\\b${name!}\\b`, "g"))].length > 1;
      expect(uses > 1 || isUsedHere, `${relative(ROOT, file)} exports ${name!}, which nobody uses`).toBe(true);
    }
  }
});
