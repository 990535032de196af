import { deleting, isMasked, rule } from "#rule";

export default rule({
  id: "cli-plugin-path-invalid",
  severity: "error",
  category: "files",
  for: ["cli"],
  summary: "the folder with the AWS CLI's plug-ins is not there",
  why: "Version 2 of the AWS CLI brings its own Python along, and finds plug-ins only in the folder that cli_legacy_plugin_path names. A placeholder or an old path makes every command fail.",
  remedy: "write the site-packages folder that the plug-in is installed in, or take the section [plugins] out",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html"],
  errors: ["ModuleNotFoundError: No module named '…'", "No module named 'awscli_plugin_endpoint'"],
  needs: ["config", "profiles", "named"],
  about: { settings: ["cli_legacy_plugin_path"], otherSections: true },
  *check({ config, named }) {
    const lines = config.linesNamed("cli_legacy_plugin_path");
    for (const line of lines) {
      const setting = config.setting(line)!;
      const { at, value } = setting;
      const state = named.paths.get(value);
      if (
        state === "missing" ||
        state === "file" ||
        (state === undefined && !/^[~/$%]|^[A-Za-z]:/.test(value) && !isMasked(value))
      )
        yield {
          at,
          says: `'${value}' is no folder${state === undefined ? ", but a placeholder or a relative path" : ""}`,
          fix: {
            title: "take the setting out: without it no plug-ins are loaded",
            safety: "ask",
            steps: [deleting(setting)],
          },
        };
    }
    const section = config.sections.find(({ header }) => header?.trim() === "plugins");
    const isEmpty = section === undefined || section.last - section.first < 2;
    if (!isEmpty && lines.length === 0)
      yield {
        at: section.headerAt,
        severity: "info",
        says: "version 2 of the AWS CLI loads no plug-ins without cli_legacy_plugin_path",
      };
  },
});
