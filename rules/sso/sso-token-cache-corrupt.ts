import { rule } from "#rule";

export default rule({
  id: "sso-token-cache-corrupt",
  severity: "error",
  category: "sso",
  summary: "a file in ~/.aws/sso/cache that is no token",
  why: "A write that was cut off, or another tool, leaves a file that is no JSON, or lacks the token or its time. Tools then fail when they read it, and do not sign in anew.",
  remedy: "delete the file and run `aws sso login`",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html"],
  errors: ["Login failed: 'expiresAt'", "Expecting property name enclosed in double quotes"],
  about: { settings: ["sso_session", "sso_start_url"] },
  needs: ["sso"],
  *check({ sso }) {
    const told = new Set<string>();
    for (const token of [...sso.sessions.values(), ...sso.startUrls.values()]) {
      if (token === undefined || token.expires !== undefined || told.has(token.path)) continue;
      told.add(token.path);
      yield {
        at: { kind: "file", path: token.path },
        says: "this file should hold a sign-in, and has no token or no time in it",
        fix: {
          title: "take the file away; then sign on again",
          safety: "ask",
          steps: [{ kind: "remove", path: token.path }],
        },
      };
    }
  },
});
