import {
  AWS_VAULT,
  edit,
  type Fix,
  goSeconds,
  rule,
  type StartupFile,
  type Statement,
  sightings,
  valueIn,
} from "#rule";

const NAMES = [
  "AWS_ASSUME_ROLE_TTL",
  "AWS_SESSION_TOKEN_TTL",
  "AWS_CHAINED_SESSION_TOKEN_TTL",
  "AWS_FEDERATION_TOKEN_TTL",
  "AWS_MIN_TTL",
  "AWS_VAULT_DURATION",
];

export default rule({
  id: "ttl-without-unit",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "a duration of aws-vault that Go cannot read, as when the unit is missing",
  why:
    "aws-vault takes Go's durations: 12h, 90m, 43200s. Without a unit, with days, or with a blank it reads no duration, says nothing, and " +
    "sessions last an hour as if nothing were set.",
  remedy: "add the unit: `s` for seconds, `m` for minutes, `h` for hours",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/environment-variables.md"],
  errors: ['time: missing unit in duration "…"'],
  about: { variables: NAMES },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    for (const name of NAMES) {
      for (const { at, value, hidden, also, lines } of sightings(name, environment, startup)) {
        if (
          hidden !== undefined ||
          value === "" ||
          value === "0" ||
          goSeconds(value.replace(/^[+-]/, "")) !== undefined
        )
          continue;
        const meant = /^\d+$/.test(value) ? `, did you mean '${value}s'?` : "";
        yield {
          at,
          says: `${name} is '${value}', which aws-vault passes over as no duration${meant}`,
          also,
          ...inSeconds(lines, startup),
        };
      }
    }
  },
});

/** A number of seconds in a start-up file gets its unit. */
function inSeconds(lines: readonly Statement[], startup: readonly StartupFile[]): { fix?: Fix } {
  const [first, ...others] = lines.flatMap((line) => {
    const at = /^\d+$/.test(line.value) && !line.computed ? valueIn(line, startup) : undefined;
    return at === undefined ? [] : [edit(at, `${line.value}s`)];
  });
  if (first === undefined || others.length + 1 < lines.length) return {};
  return { fix: { title: "write it in seconds, with the unit", safety: "ask", steps: [first, ...others] } };
}
