import { spawnSync } from "node:child_process";
import type { Generated } from "./generated.ts";
import type { Told } from "./told.ts";

/** One process for all cases: a line of JSON for each pair of files, and one for each answer. */
const PYTHON = `
import base64, json, os, sys, tempfile
import botocore.session
from botocore.exceptions import ConfigParseError
folder = tempfile.mkdtemp()
config, credentials = os.path.join(folder, "config"), os.path.join(folder, "credentials")
os.environ["AWS_CONFIG_FILE"], os.environ["AWS_SHARED_CREDENTIALS_FILE"] = config, credentials
for line in sys.stdin:
    files = json.loads(line)
    for path in (config, credentials):
        with open(path, "wb") as file:
            file.write(base64.b64decode(files[os.path.basename(path)]))
    try:
        read = botocore.session.Session().full_config
        told = {"profiles": read["profiles"], "ssoSessions": read.get("sso_sessions", {}), "services": read.get("services", {})}
    except ConfigParseError:
        told = None
    print(json.dumps(told))
os.remove(config), os.remove(credentials), os.rmdir(folder)
`;
const PYTHON_ENVIRONMENT = { PATH: process.env["PATH"], HOME: process.env["HOME"], PYTHONUTF8: "1" };

/** Whether there is a botocore to ask; the tests that need one say so when there is none. */
export const hasBotocore = spawnSync("python3", ["-c", "import botocore"], { env: PYTHON_ENVIRONMENT }).status === 0;
if (!hasBotocore) console.warn("SKIPPED: the comparison with botocore, for python3 cannot import it");

/** What botocore reads in each pair of files; null where it refuses them. */
export function askBotocore(cases: readonly Generated[]): (Told | null)[] {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const { stdout, stderr, status } = spawnSync("python3", ["-c", PYTHON], {
    env: PYTHON_ENVIRONMENT,
    input: cases
      .map(({ config, credentials }) => JSON.stringify({ config: base64(config), credentials: base64(credentials) }))
      .join("\n"),
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((answer) => JSON.parse(answer) as Told | null);
}
