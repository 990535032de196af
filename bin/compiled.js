// To compile the program's text takes a quarter of a short run. So the build keeps what V8 made of it, beside the text and for
// the Node that it ran with; V8 takes it if version and flags are the same, and compiles as ever if not. Nothing is written here.
const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { Script } = require("node:vm");

const folder = path.join(__dirname, "../dist/compiled", `${process.version}-${process.arch}`);

/** From now on, chunks start from what is kept of them, where something is. */
exports.useWhatIsCompiled = () => {
  if (!existsSync(folder)) return;
  const { extensions } = require;
  extensions[".cjs"] = (module, filename) => {
    const kept = path.join(folder, `${path.basename(filename)}.v8`);
    if (!existsSync(kept)) return extensions[".js"](module, filename);
    const text = module.constructor.wrap(readFileSync(filename, "utf8"));
    const start = new Script(text, { filename, cachedData: readFileSync(kept) }).runInThisContext();
    return start(module.exports, (id) => module.require(id), module, filename, path.dirname(filename));
  };
};
