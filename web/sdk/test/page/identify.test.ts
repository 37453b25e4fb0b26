import { describe, expect, test, vi } from "vitest";
import { earlierVisit, failure, page, server, useServer } from "./setting";

useServer();

const ANN = { email: "ann@example.com" };

describe("identify", () => {
  test("tells the server at once when registered, and takes off what is left out", async () => {
    await earlierVisit();
    const pushbell = page();
    await pushbell.initialize();
    const registered = vi.fn();
    pushbell.on("registered", registered);

    await pushbell.identify({ userId: "42", token: "signed" });

    const [patch] = server.sent("PATCH");
    expect(patch!.path).toBe("/reg_1");
    expect(patch!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(patch!.body).toEqual({ user_email: "", user_id: "42", identity_token: "signed" });
    expect(registered).toHaveBeenCalledExactlyOnceWith(pushbell.registration);
    expect(pushbell.registration).toMatchObject({ registrationId: "reg_1", userId: "42", userEmail: undefined });
  });

  test("before initialize, is told by it", async () => {
    await earlierVisit();
    const pushbell = page();
    await pushbell.identify({ email: "bob@example.com" });
    expect(server.requests).toHaveLength(0);
    await pushbell.initialize();
    expect(server.sent("PATCH")[0]!.body).toEqual({ user_email: "bob@example.com", user_id: "" });
  });

  test("says nothing that the server knows", async () => {
    await earlierVisit(ANN);
    const pushbell = page();
    await pushbell.initialize();
    await pushbell.identify(ANN);
    expect(server.sent("PATCH")).toHaveLength(0);
  });

  test("is not overruled by a page that spoke before", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
    const browser = await earlierVisit(ANN);
    const other = page();
    await other.identify({ email: "bob@example.com" });
    await other.initialize();

    vi.advanceTimersByTime(60_000); // Both pages give a sign of life.
    await browser.settled();
    expect(server.sent("POST", "/reg_1/heartbeat")).toHaveLength(3);
    expect(server.sent("PATCH").map(({ body }) => body.user_email)).toEqual(["bob@example.com"]);
  });

  test("is told by a token alone, which proves somebody", async () => {
    await earlierVisit();
    const pushbell = page();
    await pushbell.initialize();
    await pushbell.identify({ token: "signed" });
    expect(server.sent("PATCH")[0]!.body).toEqual({ identity_token: "signed" });
  });

  test("fails with the server's sentence when it is refused, and the old identity stands", async () => {
    await earlierVisit(ANN);
    const pushbell = page();
    await pushbell.initialize();
    server.failure = {
      status: 403,
      body: '{"detail":"The identity token has expired.","code":"FORBIDDEN"}',
      only: ({ method }) => method === "PATCH",
    };
    const error = await failure(pushbell.identify({ email: "bob@example.com", token: "old" }));
    expect(error).toMatchObject({ message: "The identity token has expired.", code: "FORBIDDEN" });
    expect(pushbell.registration!.userEmail).toBe("ann@example.com");
  });
});
