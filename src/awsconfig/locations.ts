import type { Tool } from "../model/tool.ts";

/** Where the two files are, and which variable says so. */
export interface Location {
  /** Empty when the tool looks for a file without a name, and so finds none. */
  readonly path: string;
  readonly variable: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The paths that a tool takes: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else `~/.aws`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function locations(
  tool: Tool,
  environment: Variables,
  home: string,
  folder: string,
): { config: Location; credentials: Location } {
  const manners = MANNERS[tool];
  const at = (variable: string, name: string): Location => {
    const value = environment[variable];
    if (value === undefined || (value === "" && !manners.takesEmpty))
      return { path: `${home}/.aws/${name}`, variable: undefined };
    const path = manners.expandsVariables ? expanded(value, environment) : value;
    if (path === "") return { path, variable };
    return { path: manners.expandsTilde ? absolute(path, home, folder) : below(folder, path), variable };
  };
  return { config: at("AWS_CONFIG_FILE", "config"), credentials: at("AWS_SHARED_CREDENTIALS_FILE", "credentials") };
}

/**
 * The home folder as a tool finds it: by the first of its variables, else as the system knows it for this account.
 * Undefined where the tool does not ask the system: it stops with an error.
 */
export function homeOf(
  tool: Tool,
  environment: Variables,
  isWindows: boolean,
  ofAccount: string | undefined,
): string | undefined {
  const { homeOnWindows, asksTheSystem } = MANNERS[tool];
  for (const variable of isWindows ? homeOnWindows : ["HOME"]) {
    const value = variable === "HOMEPATH" ? driveAndPath(environment) : environment[variable];
    if (value !== undefined && value !== "") return value;
  }
  return asksTheSystem ? ofAccount : undefined;
}

/** `~` is the home folder, and anything else that is not absolute stands in the working folder. */
export function absolute(path: string, home: string, folder: string): string {
  if (path === "~") return home;
  return path.startsWith("~/") ? home + path.slice(1) : below(folder, path);
}

interface Manners {
  readonly expandsTilde: boolean;
  readonly expandsVariables: boolean;
  /** An empty variable is the name of a file, and no file has it. */
  readonly takesEmpty: boolean;
  readonly homeOnWindows: readonly string[];
  readonly asksTheSystem: boolean;
}

/** Python's expandvars and expanduser; the cross-SDK specification; Go's os.UserHomeDir, and paths as they are. */
const AWS_VAULT: Manners = {
  expandsTilde: false,
  expandsVariables: false,
  takesEmpty: false,
  homeOnWindows: ["USERPROFILE"],
  asksTheSystem: false,
};
const MANNERS: Readonly<Record<Tool, Manners>> = {
  cli: {
    expandsTilde: true,
    expandsVariables: true,
    takesEmpty: true,
    homeOnWindows: ["USERPROFILE", "HOMEPATH"],
    asksTheSystem: true,
  },
  sdk: {
    expandsTilde: true,
    expandsVariables: false,
    takesEmpty: false,
    homeOnWindows: ["HOME", "USERPROFILE", "HOMEPATH"],
    asksTheSystem: true,
  },
  "aws-vault-byteness": AWS_VAULT,
  "aws-vault-99designs": AWS_VAULT,
};

function driveAndPath({ HOMEDRIVE: drive = "", HOMEPATH: path = "" }: Variables): string {
  return path === "" ? "" : drive + path;
}

/** `$NAME` and `${NAME}`; a name that is not set stays as it is. */
const expanded = (value: string, environment: Variables): string =>
  value.replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, bare?: string, braced?: string) => {
    const name = bare ?? braced ?? "";
    return environment[name] ?? whole;
  });

function below(folder: string, path: string): string {
  const isAbsolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute ? path : `${folder}/${path.replace(/^\.\//, "")}`;
}
