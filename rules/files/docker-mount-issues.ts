import { rule } from "#rule";

export default rule({
  id: "docker-mount-issues",
  severity: "error",
  category: "files",
  summary: "inside a container, where the mounted AWS files cannot be read",
  why:
    "Docker hands a mounted folder on with the owner and the mode that it has outside. Another user id inside, or SELinux without a label for " +
    "containers, makes it unreadable; and a path that was not there outside comes out as an empty folder of root's.",
  remedy:
    "`docker run -v ~/.aws:/root/.aws:ro,z` labels it for SELinux; run with `--user $(id -u)`, or mount where HOME of the user inside is",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/getting-started-docker.html"],
  errors: [
    "[Errno 13] Permission denied: '/root/.aws/credentials'",
    "[Errno 13] Permission denied: '/root/.aws/config'",
  ],
  about: { oddLines: true },
  needs: ["files", "machine"],
  *check({ files, machine }) {
    if (!machine.container) return;
    for (const { path, state, trouble } of [files.config, files.credentials]) {
      if (state === "unreadable")
        yield {
          at: { kind: "file", path },
          says: `inside this container it cannot be read: ${trouble ?? "no reason given"}`,
        };
    }
  },
});
