// Loaded before a program with `--require`: the n-th change to the disk (FAULT_AT, counted from 1) is the last thing that
// the program does, or goes wrong. A killed write has written half.
const fs = require("node:fs");

const { FAULT_AT = "0", FAULT = "kill" } = process.env;
const CHANGING = require("./support/changing.json");
const FAILING = new Set(["fsyncSync", "linkSync", "mkdirSync", "renameSync", "writeFileSync", "writeSync"]);
let count = 0;

for (const name of CHANGING) {
  const real = fs[name];
  fs[name] = (...args) => {
    const isOurs = !(typeof args[0] === "number" && args[0] < 3);
    if (!isOurs || (FAULT !== "kill" && !FAILING.has(name)) || ++count !== Number(FAULT_AT)) return real(...args);
    if (FAULT !== "kill") throw Object.assign(new Error(`${FAULT}: injected`), { code: FAULT });
    if (name === "writeSync") real(args[0], args[1].subarray(0, args[1].length >> 1));
    process.kill(process.pid, "SIGKILL");
    return undefined;
  };
}
process.on("exit", () => {
  if (count < Number(FAULT_AT)) process.exitCode = 99;
});
