import { spawnSync } from "node:child_process";

export const hasPexpect = spawnSync("python3", ["-c", "import pexpect"]).status === 0;

/**
 * For Python: runs a command on a terminal of its own, types each answer when its question is there, and prints what was to
 * be seen and the exit code. The task comes as JSON on stdin.
 */
export const TYPING = `
import json, os, sys, pexpect
task = json.load(sys.stdin)
child = pexpect.spawn("sh", ["-c", task["command"]], env=task["env"], encoding="utf8", timeout=20, echo=True)
seen = []
class Log:
    def write(self, text): seen.append(text)
    def flush(self): pass
child.logfile_read = Log()
for question, answer in task["answers"]:
    child.expect_exact(question)
    child.send(answer)
child.expect(pexpect.EOF)
child.close()
print(json.dumps({"seen": "".join(seen), "code": child.exitstatus}))
`;
