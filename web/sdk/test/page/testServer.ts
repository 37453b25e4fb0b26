import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown> | undefined;
}

export const SERVICE = {
  organization_id: "org_1",
  service_id: "svc_1",
  service_name: "Test shop",
  vapid_public_key: "BPushbell-Test_Key0",
  icon: null as string | null,
};

/** The three routes of the server that the page library speaks to, on a free loopback port. */
export class TestServer {
  readonly requests: RecordedRequest[] = [];
  service = SERVICE;
  /** Answers instead of the usual, while set. */
  failure: { status: number; body: string } | undefined;
  readonly #server: Server;
  readonly #registrations = new Map<string, string>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<TestServer> {
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      const recorded = { method: request.method!, path: request.url!, headers: request.headers, body };
      server.requests.push(recorded);
      const { status, body: answer } = server.failure ?? server.#answer(recorded);
      response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
    });
    const server = new TestServer(listener);
    await new Promise<void>(resolve => listener.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  sent(method: string): RecordedRequest[] {
    return this.requests.filter(request => request.method === method);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer({ method, path, body }: RecordedRequest): { status: number; body: string } {
    if (method === "GET" && path === "/v2/push/registrations/config") return json(200, this.service);
    if (method === "POST" && path === "/v2/push/registrations") {
      const { endpoint } = body!.subscription as { endpoint: string };
      const id = this.#registrations.get(endpoint) ?? `reg_${this.#registrations.size + 1}`;
      this.#registrations.set(endpoint, id);
      return json(201, { registration_id: id, registration_token: `token-of-${id}`, status: "active" });
    }
    if (method === "DELETE") return json(200, { success: true });
    return json(404, { detail: "There is no such route.", code: "NOT_FOUND" });
  }
}

function json(status: number, value: unknown) {
  return { status, body: JSON.stringify(value) };
}
