import { afterEach, describe, expect, it } from "vitest";
import { ApiClient } from "../src/api/client";
import { ApiError, sentenceOf } from "../src/api/error";
import { TestServer } from "./testServer";

const ENDED = { status: 401, body: { detail: "Sign in.", code: "UNAUTHORIZED" } };

let server: TestServer;
afterEach(() => server.stop());

/** A server with one session at a time; without one, everything is refused. */
async function start(
  answers: Record<string, { status: number; body?: unknown; headers?: Record<string, string> }> = {},
) {
  const state = { token: "one" as string | undefined };
  server = await TestServer.start(({ method, path, headers }) => {
    const route = `${method} ${path.replace("/manage", "")}`;
    if (route === "POST /session") {
      state.token = "two";
      return { status: 200, body: { csrf_token: state.token } };
    }
    if (state.token === undefined) return ENDED;
    if (route === "GET /session") return { status: 200, body: { csrf_token: state.token } };
    if (method !== "GET" && headers["x-csrf-token"] !== state.token) {
      return { status: 403, body: { detail: "The token is wrong.", code: "FORBIDDEN" } };
    }
    return answers[route] ?? { status: 200, body: { route } };
  });
  const client = new ApiClient(server.root);
  await client.session();
  return { client, state };
}

const asked = (route: string) =>
  server.asked.filter(({ method, path }) => `${method} ${path.replace("/manage", "")}` === route);

describe("the client", () => {
  it("sends the session's token with changes, and with nothing else", async () => {
    const { client } = await start();
    await client.get("/things");
    await client.post("/things", { name: "a" });
    await client.delete("/things/1");
    expect(asked("GET /things")[0]?.headers["x-csrf-token"]).toBeUndefined();
    expect(asked("POST /things")[0]).toMatchObject({ headers: { "x-csrf-token": "one" }, body: { name: "a" } });
    expect(asked("DELETE /things/1")[0]).toMatchObject({ headers: { "x-csrf-token": "one" }, body: undefined });
  });

  it("takes over the token of another tab, and asks again", async () => {
    const { client, state } = await start();
    state.token = "of another tab";
    expect(await client.patch("/things/1", {})).toEqual({ route: "PATCH /things/1" });
    expect(asked("PATCH /things/1").map(({ headers }) => headers["x-csrf-token"])).toEqual(["one", "of another tab"]);
  });

  it("leaves a refusal as it is when the token is right", async () => {
    const { client } = await start({
      "POST /things": { status: 403, body: { detail: "Your role may not.", code: "FORBIDDEN" } },
    });
    await expect(client.post("/things", {})).rejects.toMatchObject({ status: 403, message: "Your role may not." });
    expect(asked("POST /things")).toHaveLength(1);
  });

  it("has a lapsed session renewed once for all that wait, then asks again", async () => {
    const { client, state } = await start();
    state.token = undefined;
    let renewals = 0;
    client.onLapse = async () => {
      renewals++;
      await client.enter("/session", { email: "a@b.c", password: "p" });
    };
    const answers = await Promise.all([client.post("/things", { text: "kept" }), client.get("/others")]);
    expect(answers).toEqual([{ route: "POST /things" }, { route: "GET /others" }]);
    expect(renewals).toBe(1);
    expect(asked("POST /things").at(-1)).toMatchObject({ headers: { "x-csrf-token": "two" }, body: { text: "kept" } });
  });

  it("gives up when nobody signs in again", async () => {
    const { client, state } = await start();
    state.token = undefined;
    client.onLapse = () => Promise.reject(new Error("Not now."));
    await expect(client.get("/things")).rejects.toThrow("Not now.");
  });

  it("does not take a wrong password for a lapsed session", async () => {
    const { client } = await start({
      "PUT /account/password": { status: 401, body: { detail: "The password is wrong.", code: "UNAUTHORIZED" } },
    });
    client.onLapse = () => Promise.reject(new Error("asked for a renewal"));
    await expect(client.put("/account/password", {})).rejects.toThrow("The password is wrong.");
  });

  it("says who is signed in, or that nobody is", async () => {
    const { client, state } = await start();
    expect(await client.session()).toEqual({ csrf_token: "one" });
    state.token = undefined;
    expect(await client.session()).toBeUndefined();
  });

  it("tells why it was refused, and when to come back", async () => {
    const { client } = await start({
      "GET /busy": {
        status: 429,
        body: { detail: "Too many.", code: "RATE_LIMITED" },
        headers: { "Retry-After": "30" },
      },
      "GET /broken": { status: 502, body: "<html>" },
      "POST /gone": { status: 204 },
    });
    await expect(client.get("/busy")).rejects.toMatchObject({
      message: "Too many.",
      code: "RATE_LIMITED",
      retryAfter: 30,
    });
    await expect(client.get("/broken")).rejects.toMatchObject({ status: 502, retryAfter: undefined });
    expect(await client.post("/gone")).toBeUndefined();
  });

  it("says in a sentence that the server cannot be reached", async () => {
    const { client } = await start();
    await server.stop();
    const error = await client.get("/things").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(sentenceOf(error)).toContain("cannot be reached");
  });
});
