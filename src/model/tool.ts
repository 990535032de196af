/** The tools whose reading of `~/.aws` we know. `sdk` is the cross-SDK specification. */
export const TOOLS = ["aws-vault-byteness", "cli", "sdk", "aws-vault-99designs"] as const;
export type Tool = (typeof TOOLS)[number];

/** What people call them. `aws-vault` alone means the maintained fork. */
export const TOOL_NAMES: Readonly<Record<Tool, string>> = {
  cli: "the AWS CLI",
  sdk: "the AWS SDKs",
  "aws-vault-byteness": "aws-vault",
  "aws-vault-99designs": "aws-vault (99designs)",
};

/** Both aws-vaults. */
export const AWS_VAULT: readonly Tool[] = ["aws-vault-byteness", "aws-vault-99designs"];
export const isAwsVault = (tool: Tool): boolean => AWS_VAULT.includes(tool);

/** The tools that must work unless the user names others with `--for`. */
export const DEFAULT_TOOLS: readonly Tool[] = ["aws-vault-byteness", "cli", "sdk"];
