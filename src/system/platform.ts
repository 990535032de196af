/** Loaded by who needs it: each such module costs milliseconds on every start, and most runs need none. */
export const nodeOs = () => process.getBuiltinModule("node:os");

export const onWindows = process.platform === "win32";
