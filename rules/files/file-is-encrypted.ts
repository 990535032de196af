import { rule } from "#rule";

export default rule({
  id: "file-is-encrypted",
  severity: "error",
  category: "files",
  summary: "a file that git-crypt, ansible-vault, age, gpg or openssl has encrypted, and nobody has opened",
  why:
    "People keep their settings in a repository and encrypt what is private. Until it is opened, the tools read the encrypted text: " +
    "the AWS CLI refuses it, the SDKs take it for empty, and aws-vault finds no profile.",
  remedy: "open it where it comes from: git-crypt unlock, ansible-vault decrypt, age --decrypt, gpg --decrypt",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  about: { oddLines: true },
  needs: ["config", "credentials"],
  *check({ config, credentials }) {
    for (const document of [config, credentials]) {
      if (document.sealedBy === undefined) continue;
      yield { at: document.lineAt(0), says: `the file is still encrypted with ${document.sealedBy}` };
    }
  },
});
