import { rule } from "#rule";

const WANTED = ["User Name", "Access key ID", "Secret access key"];

export default rule({
  id: "csv-import-bom-or-column",
  severity: "info",
  category: "keys",
  for: ["cli"],
  summary: "a file of the IAM console with an access key that `aws configure import` cannot read",
  why:
    "`aws configure import --csv` asks for the columns User Name, Access key ID and Secret access key. What the console hands out today has no User Name, and " +
    "a byte order mark that a spreadsheet adds becomes part of the first title. (The key in it is in the clear: remove the file once it is stored.)",
  remedy:
    "write the titles `User Name,Access key ID,Secret access key` into its first line, and save it as UTF-8 without a byte order mark",
  links: ["https://docs.aws.amazon.com/cli/latest/reference/configure/import.html"],
  errors: ['Expected header "User Name" not found', 'Expected header "…" not found'],
  about: { facts: ["keyFiles"] },
  needs: ["keyFiles"],
  *check({ keyFiles }) {
    for (const { path, hasBom, columns } of keyFiles) {
      const missing = WANTED.filter((title) => !columns.some((one) => one.toLowerCase() === title.toLowerCase()));
      if (!hasBom && missing.length === 0) continue;
      if (!hasBom && !columns.some((one) => /access ?key/i.test(one))) continue;
      yield {
        at: { kind: "file", path },
        says: hasBom
          ? "it starts with a byte order mark, which `aws configure import` takes for part of the first title"
          : `it has no column '${missing[0]!}', which \`aws configure import\` asks for`,
      };
    }
  },
});
