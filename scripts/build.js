// Builds src/ into dist/: CommonJS chunks, because Node starts them faster than ES modules, one for each part of the
// program that is loaded on its own. esbuild splits ES modules only, so it splits first, and each chunk is then turned.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build, transform } from "esbuild";

const dist = join(import.meta.dirname, "..", "dist");
const rulesFolder = join(import.meta.dirname, "..", "rules");
/** Settings that every home has: a rule about one of them is loaded with those that are always asked. */
const ORDINARY = ["region", "output", "role_arn", "source_profile", "mfa_serial"];
const groups = new Map((await listOfRules()).map((rule) => [rule.id, groupOf(rule)]));

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

/** Rules stay out of the bundle, each under a name that says which file holds it. */
const rulesApart = {
  name: "rules-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, importer, kind }) =>
      kind === "dynamic-import" && dirname(importer) === rulesFolder
        ? { path: `./rules/${groups.get(basename(path, ".ts"))}/${basename(path)}`, external: true }
        : undefined,
    );
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const { metafile } = await build({
  entryPoints: { main: "src/main.ts", node: "src/system/node.ts", rule: "src/rule.ts" },
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
  plugins: [lazyStringWidth, onlyUsedPrompts, rulesApart],
  logLevel: "warning",
});

for (const name of readdirSync(dist)) {
  const path = join(dist, name);
  const { code } = await transform(readFileSync(path, "utf8"), {
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
  writeFileSync(path, code.includes("__importMetaUrl") ? url + code : code);
}
const { ordinary, ...others } = await modulesOfRules();
pack(withAllTheyNeed(["main.cjs", "node.cjs", "rule.cjs"]), ordinary);
for (const [group, modules] of Object.entries(others))
  writeFileSync(join(dist, `rules-${group}.cjs`), `module.exports={${modules.join(",\n")}};\n`);
writeLicences(Object.keys(metafile.inputs));

/** The chunks that every run loads, as esbuild tells: those that are imported, and not on demand. */
function withAllTheyNeed(names) {
  const found = new Set(names);
  for (const name of found) {
    const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}`));
    for (const { path, kind, external } of output[1].imports)
      if (kind === "import-statement" && external !== true) found.add(basename(path));
  }
  return [...found];
}

/**
 * Puts chunks into one file, because to find and open one costs a third of a millisecond. What is loaded later may need
 * some of them, too, and must not get a second copy: in the place of each stays a line that leads to it.
 */
function pack(names, rules) {
  // The brackets round a function let the engine compile it at once, instead of a first time to see where it ends.
  const modules = names.map(
    (name) => `${JSON.stringify(name)}:(function(exports,require,module){${readFileSync(join(dist, name), "utf8")}})`,
  );
  const loader = `const modules={${[...modules, ...rules].join(",\n")}},loaded={};
const load=(name)=>{let module=loaded[name];
if(module===undefined){module=loaded[name]={exports:{}};modules[name](module.exports,resolve,module)}return module.exports};
const resolve=(id)=>{const name=id.slice(2);
if(!(name in modules)){if(!name.startsWith("rules/"))return require(id);
Object.assign(modules,require("./rules-"+name.split("/")[1]+".cjs"))}return load(name)};
module.exports=load;
`;
  writeFileSync(join(dist, "core.cjs"), loader);
  for (const name of names)
    writeFileSync(join(dist, name), `module.exports=require("./core.cjs")(${JSON.stringify(name)});\n`);
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
  const { rules } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return rules;
}

function groupOf({ id, about }) {
  if (about === undefined || about.settings?.some((name) => ORDINARY.includes(name))) return "ordinary";
  return readdirSync(rulesFolder).find((category) => existsSync(join(rulesFolder, category, `${id}.ts`)));
}

/** A function for each rule, by group: what nobody calls is not compiled, and a group that nobody asks is not even read. */
async function modulesOfRules() {
  const modules = Object.fromEntries([...groups.values()].map((group) => [group, []]));
  for (const [id, group] of groups) {
    const { outputFiles } = await build({
      entryPoints: [
        readdirSync(rulesFolder)
          .map((category) => join(rulesFolder, category, `${id}.ts`))
          .find(existsSync),
      ],
      format: "esm",
      bundle: true,
      minify: true,
      target: "node20.19",
      lineLimit: 120,
      external: ["#rule"],
      write: false,
    });
    const code = outputFiles[0].text
      .replace(
        /import\{([^}]*)\}from"#rule";/,
        (_, names) => `const{${names.replaceAll(" as ", ":")}}=require("./rule.cjs");`,
      )
      .replace(/export\{(\S+) as default\};/, "module.exports=$1;");
    if (/^import\b|^export\b/m.test(code)) throw new Error(`${id}: the rule's module has another form`);
    // All of the ordinary ones are called, and those in brackets are compiled at once.
    const body = `function(exports,require,module){${code}}`;
    const name = JSON.stringify(`rules/${group}/${id}.ts`);
    modules[group].push(`${name}:${group === "ordinary" ? `(${body})` : body}`);
  }
  return modules;
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
