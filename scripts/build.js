// Builds src/ into dist/: CommonJS chunks, because Node starts them faster than ES modules, one for each part of the
// program that is loaded on its own. esbuild splits ES modules only, so it splits first, and each chunk is then turned.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { build, transform } from "esbuild";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const rulesFolder = join(root, "rules");

/** string-width compiles its Unicode tables when it is loaded, which costs 40 ms; plain ASCII does not need them. */
const lazyStringWidth = {
  name: "lazy-string-width",
  setup({ onResolve, onLoad }) {
    // Old packages take it by require, and then a function and not a module.
    onResolve({ filter: /^string-width$/ }, ({ importer, kind, resolveDir, pluginData }) =>
      pluginData === "real" || kind === "require-call"
        ? undefined
        : { path: join(resolveDir, "string-width"), namespace: "lazy-width", pluginData: { importer, resolveDir } },
    );
    onLoad({ filter: /.*/, namespace: "lazy-width" }, ({ pluginData: { importer } }) => {
      const real = createRequire(importer).resolve("string-width");
      return {
        contents: `
          let real;
          module.exports = function stringWidth(text, options) {
            if (typeof text !== "string") return 0;
            if (/^[\\x20-\\x7e]*$/.test(text)) return text.length;
            real ??= require(${JSON.stringify(real)});
            return (real.default ?? real)(text, options);
          };
          // For those that import it, and for those that require it.
          Object.assign(module.exports, { default: module.exports, __esModule: true });`,
        resolveDir: dirname(importer),
      };
    });
  },
};

/** These packages say that their unused parts may be left out, but in a place where esbuild does not look: 550 kB. */
const onlyUsedPrompts = {
  name: "only-used-prompts",
  setup(current) {
    current.onResolve({ filter: /^@inquirer\// }, async ({ path, pluginData, ...where }) =>
      pluginData === "again"
        ? undefined
        : { ...(await current.resolve(path, { ...where, pluginData: "again" })), sideEffects: false },
    );
  },
};

/** What nearly every home has: a rule about it is loaded with those that are always asked. */
const ORDINARY = {
  settings: ["region", "output", "role_arn", "source_profile", "mfa_serial"],
  programs: ["aws"],
};

/** In the list of rules stands what decides whether one is asked. The rest of them is loaded by groups. */
const rulesInGroups = {
  name: "rules-in-groups",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]rules[\\/]index\.ts$/ }, () => {
      const groups = [...new Set(rules.map(({ group }) => group))].map((group) =>
        group === "ordinary"
          ? "ordinary: () => ordinary"
          : `${group}: async () => (await import("rules:${group}")).default`,
      );
      return {
        // The engine reads JSON faster than its own language.
        contents: `
          import ordinary from "rules:ordinary";
          const groups = { ${groups.join(", ")} };
          const load = async ({ id, group }) => ({ default: (await groups[group]())[id] });
          const cards = JSON.parse(${JSON.stringify(JSON.stringify(rules))});
          export const rules = cards.map((card) => ({ ...card, load: () => load(card) }));`,
        resolveDir: root,
      };
    });
    onResolve({ filter: /^rules:/ }, ({ path }) => ({ path: path.slice("rules:".length), namespace: "rules" }));
    onLoad({ filter: /.*/, namespace: "rules" }, ({ path: group }) => {
      const ids = rules.filter((rule) => rule.group === group).map(({ id }) => id);
      const imports = ids.map((id, index) => `import rule${index} from ${JSON.stringify(fileOf(id))};`).join("");
      const all = ids.map((id, index) => `"${id}": rule${index}`).join(", ");
      return { contents: `${needed(`rules:${group}`)}${imports}export default { ${all} };`, resolveDir: root };
    });
  },
};

/**
 * esbuild puts two files into one chunk when the same parts of the program need both, and so cuts what they share into
 * dozens, each at a cost of its own. So there are two bundles, and a part that needs some of one is made to need it all.
 */
const bundles = { core: [], doctor: [] };
/** Which bundles each part needs that is loaded later. */
const parts = new Map();
const needed = (part) => (parts.get(part) ?? []).map((name) => `import "bundle:${name}";`).join("");

const partsNeedBundles = {
  name: "parts-need-bundles",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^bundle:/ }, ({ path }) => ({ path: path.slice("bundle:".length), namespace: "bundle" }));
    onLoad({ filter: /.*/, namespace: "bundle" }, ({ path: name }) => {
      const door = `export { main } from "./src/main.ts"; export { thisMachine } from "./src/system/node.ts";`;
      const files = bundles[name].map((path) => `import "${path.startsWith("rules:") ? path : `./${path}`}";`);
      return { contents: `${files.join("")}${name === "core" ? door : ""}`, resolveDir: root };
    });
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const before = needed(relative(root, path));
      return before === "" ? undefined : { contents: `${before}${readFileSync(path, "utf8")}`, loader: "ts" };
    });
  },
};

const rules = (await listOfRules()).map((rule) => ({ ...rule, group: groupOf(rule) }));
const SETTINGS = {
  outdir: dist,
  outExtension: { ".js": ".cjs" },
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minify: true,
  legalComments: "none",
  metafile: true,
  plugins: [lazyStringWidth, onlyUsedPrompts, rulesInGroups, partsNeedBundles],
  // An optional part with a binary of its own, and two that a library for D-Bus can do without.
  external: ["@napi-rs/keyring", "abstract-socket", "x11"],
  logLevel: "warning",
};
await findBundles();
const built = await build({ ...SETTINGS, entryPoints: { main: "bundle:core" }, write: false });
const chunks = new Map(built.outputFiles.map(({ path, text }) => [basename(path), text]));
for (const { path } of built.outputFiles) openDirectly(basename(path));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, text] of chunks) {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    minify: true,
    lineLimit: 120,
    // Without this, import() would start Node's ES module loader, which costs 27 ms.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "__importMetaUrl", "import.meta.dirname": "__dirname" },
  });
  // Most chunks do not ask where they are, and to find out takes time.
  const url = 'const __importMetaUrl=require("node:url").pathToFileURL(__filename).href;\n';
  writeFileSync(join(dist, name), code.includes("__importMetaUrl") ? url + code : code);
}
// What runs as root is one small file, with nothing in it that it does not need.
await build({
  entryPoints: ["src/system/metadata-port.ts"],
  outdir: dist,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  minify: true,
  lineLimit: 120,
  logLevel: "warning",
});
writeLicences(Object.keys(built.metafile.inputs));
compile();

/** The core is what every run loads, and what doctor and vault share. The rest of the doctor is the other bundle. */
async function findBundles() {
  const start = ["src/main.ts", "src/system/node.ts"];
  const { metafile: graph } = await build({ ...SETTINGS, entryPoints: start, packages: "external", write: false });
  const importsOf = (path, kind) =>
    graph.inputs[path].imports.filter((one) => one.kind === kind && !one.external).map((one) => one.path);
  const allFor = (...files) => {
    const found = new Set(files);
    for (const file of found) for (const path of importsOf(file, "import-statement")) found.add(path);
    return [...found].filter((path) => /^src|^rules/.test(path));
  };
  const vault = allFor("src/commands/vault/index.ts");
  const check = allFor("src/commands/check.ts");
  bundles.core = [...new Set([...allFor(...start), ...check.filter((path) => vault.includes(path))])];
  bundles.doctor = check.filter((path) => !bundles.core.includes(path));
  for (const part of Object.keys(graph.inputs).flatMap((path) => importsOf(path, "dynamic-import"))) {
    const needsDoctor = allFor(part).some((path) => bundles.doctor.includes(path));
    parts.set(part, needsDoctor ? ["core", "doctor"] : ["core"]);
  }
}

/** What is in a bundle has a door, a file that only leads there. To open one takes time: the bundle takes its place. */
function openDirectly(door) {
  const [, imported, bundle, exported] =
    /^import\{([^}]*)\}from"\.\/(chunk-[^"]*)";(?:import"[^"]*";)*export\{([^}]*)\};\n$/.exec(chunks.get(door) ?? "") ??
    [];
  if (bundle === undefined) return;
  const pairs = (names) => names.split(",").map((one) => [one.split(" as ")[0], one.split(" as ").at(-1)]);
  const within = new Map(pairs(/export\{([^}]*)\};\n$/.exec(chunks.get(bundle))[1]).map(([own, name]) => [name, own]));
  const behind = new Map(pairs(imported).map(([name, own]) => [own, within.get(name)]));
  const names = pairs(exported).map(([own, name]) => `${behind.get(own)} as ${name}`);
  const open = chunks.get(bundle).replace(/\};\n$/, `,${names}};\n`);
  chunks.delete(bundle);
  chunks.set(door, open);
  for (const [name, text] of chunks) chunks.set(name, text.replaceAll(`"./${bundle}"`, `"./${door}"`));
}

/** The entries of the list, as the program itself has them. */
async function listOfRules() {
  const { outputFiles } = await build({
    entryPoints: [join(rulesFolder, "index.ts")],
    format: "esm",
    bundle: true,
    external: ["./*.ts"],
    write: false,
  });
  const list = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return list.rules;
}

function groupOf({ id, about }) {
  const isOrdinary = ["settings", "programs"].some((kind) =>
    about?.[kind]?.some((one) => ORDINARY[kind].includes(one)),
  );
  // Nor is it rare that all may look into `~/.aws`.
  if (about === undefined || about.files || isOrdinary) return "ordinary";
  return relative(rulesFolder, dirname(fileOf(id)));
}

function fileOf(id) {
  return readdirSync(rulesFolder)
    .map((category) => join(rulesFolder, category, `${id}.ts`))
    .find(existsSync);
}

/** Without any variable of this shell's, so that every build makes the same of it. */
function compile() {
  const env = { PATH: "/usr/bin:/bin", HOME: join(root, "fixtures/machines/typical/home"), AWS_PROFILE: "prod" };
  execFileSync(process.execPath, [join(root, "scripts/compile.js")], { env, cwd: env.HOME, stdio: "ignore" });
}

/** The licences of the packages that are bundled go with them. */
function writeLicences(inputs) {
  const folders = new Set(
    inputs.map((path) => /^(?:[a-z-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf8").trim() : ""}\n`;
  });
  writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}
