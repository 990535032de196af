// The package's own types do not resolve under nodenext (its re-exports lack endings) and would come out as `any`.
declare module "find-process" {
  interface FoundProcess {
    readonly pid: number;
    readonly name: string;
    /** The whole command line: it may carry secrets. */
    readonly cmd: string | undefined;
  }
  export default function find(
    by: "port",
    port: number,
    options: { readonly logLevel: "silent" },
  ): Promise<readonly FoundProcess[]>;
}
