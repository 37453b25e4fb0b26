import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedRequest {
  method: string;
  /** Below /v2/push/registrations. */
  path: string;
  headers: IncomingMessage["headers"];
  body: any;
}

export const SERVICE = {
  organization_id: "org_1",
  service_id: "svc_1",
  service_name: "Test shop",
  vapid_public_key: "BPushbell-Test_Key0",
  icon: null as string | null,
  identity: "optional",
  colors: { theme: "#123456", background: null as string | null },
};

const ROOT = "/v2/push/registrations";

/** The server's browser side as far as its contract says, on a free loopback port. */
export class TestServer {
  readonly requests: RecordedRequest[] = [];
  service = SERVICE;
  /** What a heartbeat answers for a registration that is known. */
  status = "active";
  /** Whether heartbeats ask for a new subscription; one that comes by PATCH satisfies them. */
  needsSubscription = false;
  /** Answers instead of the usual, while set, to the requests that it is for. */
  failure: { status: number; body?: string; only?: (request: RecordedRequest) => boolean } | undefined;
  /** Accepts requests and never answers them, while set. */
  hangs = false;
  readonly #server: Server;
  readonly #registrations = new Map<string, string>();
  #port = 0;
  #ids = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<TestServer> {
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      const path = request.url!.slice(ROOT.length);
      const recorded = { method: request.method!, path, headers: request.headers, body };
      server.requests.push(recorded);
      if (server.hangs) return;
      const { status, answer } = server.#answer(recorded);
      response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
    });
    const server = new TestServer(listener);
    await server.#listen();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  sent(method: string, path?: string): RecordedRequest[] {
    return this.requests.filter(request => request.method === method && (path ?? request.path) === request.path);
  }

  /** Forgets every registration, and so every token. */
  forget(): void {
    this.#registrations.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** After `stop`, at the same address. */
  async resume(): Promise<void> {
    await this.#listen();
  }

  async #listen(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #answer(request: RecordedRequest): { status: number; answer: string } {
    const { failure } = this;
    if (failure && (failure.only?.(request) ?? true)) return { status: failure.status, answer: failure.body ?? "" };
    const { method, path, headers, body } = request;
    if (method === "GET" && path === "/config") return json(200, this.service);
    if (method === "POST" && path === "") return this.#register(body);

    const [, id = "", action = ""] = path.split("/");
    const isKnown = [...this.#registrations.values()].includes(id) && headers.authorization === `Bearer token-of-${id}`;
    if (!isKnown) return json(401, { detail: "Send this registration's own token.", code: "UNAUTHORIZED" });
    if (method === "DELETE") return json(200, { success: true });
    if (method === "PATCH") return this.#update(id, body);
    if (action === "heartbeat") {
      const { vapid_public_key } = this.service;
      return json(200, { status: this.status, vapid_public_key, needs_subscription: this.needsSubscription });
    }
    if (action === "receipts") return json(200, { counted: body.receipts.length });
    return json(404, { detail: "There is no such route.", code: "NOT_FOUND" });
  }

  #register(body: any) {
    const id = this.#registrations.get(body.subscription.endpoint) ?? `reg_${++this.#ids}`;
    this.#registrations.set(body.subscription.endpoint, id);
    return json(201, { registration_id: id, registration_token: `token-of-${id}`, status: "active" });
  }

  #update(id: string, body: any) {
    if (body.subscription) this.needsSubscription = false;
    return json(200, { registration_id: id, status: "active" });
  }
}

function json(status: number, value: unknown) {
  return { status, answer: JSON.stringify(value) };
}
