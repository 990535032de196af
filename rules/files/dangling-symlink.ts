import { rule } from "#rule";

export default rule({
  id: "dangling-symlink",
  severity: "error",
  category: "files",
  summary: "one of the two files is a link that leads to nothing",
  why: "The target was moved, lies on a drive that is not mounted, or does not exist inside of this container. For tools there is no file.",
  remedy: "make the link anew, or mount what it leads to",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: ["No such file or directory: '…/.aws/credentials'"],
  needs: ["files"],
  about: { files: true },
  // No fix: where the target has gone, or whether it comes back with its drive, only the person knows.
  *check({ files }) {
    if (files.lostFolder !== undefined) {
      const { path, linkTarget } = files.lostFolder;
      yield { at: { kind: "file", path }, says: `this is a link to ${linkTarget}, where there is nothing` };
    }
    for (const { path, state, linkTarget, chosenBy } of [files.config, files.credentials])
      if (state === "dangling" && chosenBy === undefined)
        yield {
          at: { kind: "file", path },
          says: `this is a link to ${linkTarget ?? "a place"}, where there is nothing`,
        };
  },
});
