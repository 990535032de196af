import { request } from "node:http";
import type { Heard } from "./system.ts";

/** One GET, of which no more than the beginning of the answer is read. */
export function askHttp(
  address: string,
  port: number,
  target: string,
  { milliseconds, bytes }: { readonly milliseconds: number; readonly bytes: number },
): Promise<Heard> {
  return new Promise((resolve) => {
    const asked = request({ host: address, port, path: target, method: "GET", agent: false, maxHeaderSize: 16_384 });
    const end = (heard: Heard): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(heard);
    };
    const timer = setTimeout(
      () => end({ ended: false, trouble: `gave no answer within ${milliseconds / 1000} s` }),
      milliseconds,
    );
    asked.once("error", (error) => end({ ended: false, trouble: troubleIn(error) }));
    asked.once("response", (response) => {
      const headers = new Map<string, string>();
      for (const [name, value = ""] of Object.entries(response.headers)) headers.set(name, [value].flat().join(", "));
      let body = Buffer.alloc(0);
      const heard = (): void =>
        end({ ended: true, status: response.statusCode!, headers, body: body.subarray(0, bytes).toString("utf8") });
      response.on("data", (chunk: Buffer) => {
        body = Buffer.concat([body, chunk]);
        if (body.length >= bytes) heard();
      });
      response.once("end", heard).once("error", heard);
    });
    asked.end();
  });
}

function troubleIn(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  if (code === "ECONNREFUSED") return "takes no connection";
  if (code === "ECONNRESET") return "ends the connection without an answer";
  if (code.startsWith("HPE_")) return "speaks another language than HTTP";
  return `cannot be reached: ${error.message}`;
}
