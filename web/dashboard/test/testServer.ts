import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A server on a free loopback port that answers as a test says, and remembers what it was asked. */
export class TestServer {
  readonly asked: Asked[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answerOf: (asked: Asked) => Answer): Promise<TestServer> {
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const asked = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body: text === "" ? undefined : (JSON.parse(text) as unknown),
      };
      server.asked.push(asked);
      const { status, body, headers } = answerOf(asked);
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
    });
    const server = new TestServer(listener);
    await new Promise<void>(resolve => listener.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/manage`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
