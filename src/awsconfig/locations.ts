/** Where the two files are, and which variable says so. */
export interface Location {
  readonly path: string;
  readonly variable: string | undefined;
}

/**
 * The paths that the AWS CLI and the SDKs take: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else `~/.aws`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function locations(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  folder: string,
): { config: Location; credentials: Location } {
  const at = (variable: string, name: string): Location => {
    const value = environment[variable];
    if (value === undefined || value === "") return { path: `${home}/.aws/${name}`, variable: undefined };
    return { path: absolute(value, home, folder), variable };
  };
  return { config: at("AWS_CONFIG_FILE", "config"), credentials: at("AWS_SHARED_CREDENTIALS_FILE", "credentials") };
}

/** `~` is the home folder, and anything else that is not absolute stands in the working folder. */
export function absolute(path: string, home: string, folder: string): string {
  if (path === "~") return home;
  if (path.startsWith("~/")) return home + path.slice(1);
  const isAbsolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute ? path : `${folder}/${path.replace(/^\.\//, "")}`;
}
