import { rule } from "#rule";

export default rule({
  id: "file-is-directory",
  severity: "error",
  category: "files",
  summary: "a folder stands where one of the two files should",
  why: "Docker makes a folder of a file that is mounted and is not there. Tools then say 'permission denied' or 'is a directory', and find no profile.",
  remedy: "delete the folder when it is empty, put the file in its place, and mount that",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: [
    "[Errno 13] Permission denied: 'C:\\Users\\…/.aws/credentials'",
    "[Errno 21] Is a directory: '…/.aws/credentials'",
  ],
  needs: ["files"],
  about: { files: true },
  // No fix: without the file that belongs there, the next start of the container makes the folder again.
  *check({ files }) {
    for (const { path, state, chosenBy } of [files.config, files.credentials])
      if (state === "directory" && chosenBy === undefined)
        yield { at: { kind: "file", path }, says: "this is a folder, and no file" };
  },
});
