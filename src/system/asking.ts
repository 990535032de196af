import http from "node:http";
import type { Heard, Network } from "./system.ts";

/** One GET, of which no more than the beginning of the answer is read. */
export const askHttp = (address: string, port: number, target: string, limits: Limits): Promise<Heard> =>
  heardFrom(http.request({ host: address, port, path: target, ...ONCE }), limits);

export const fetchPage = async (url: string, asked: Parameters<Network["fetch"]>[1]): Promise<Heard> => {
  const { method = "GET", headers = {}, agent = false } = asked;
  const { request } = url.startsWith("https:") ? await import("node:https") : http;
  return heardFrom(request(url, { ...ONCE, method, headers, agent }), asked);
};

interface Limits {
  readonly milliseconds: number;
  readonly bytes: number;
}
const ONCE = { method: "GET", agent: false, maxHeaderSize: 16_384 } as const;

function heardFrom(asked: http.ClientRequest, { milliseconds, bytes }: Limits): Promise<Heard> {
  return new Promise((resolve) => {
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
