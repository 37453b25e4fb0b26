import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorkerScope, message } from "./fakeWorkerScope";

let scope: FakeWorkerScope;

beforeEach(() => {
  scope = FakeWorkerScope.start();
});

describe("push", () => {
  test("shows every field of the contract", async () => {
    const fields = {
      body: "Head to the host stand",
      tag: "table",
      icon: "https://shop.example/icon.png",
      badge: "https://shop.example/badge.png",
      image: "https://shop.example/table.jpg",
      silent: false,
      renotify: true,
      requireInteraction: true,
    };
    const actions = [{ action: "open", title: "Open", icon: "/open.png", navigate: "/table" }];
    await scope.push(message({ title: "Your table is ready", ...fields, actions }));

    const [{ title, options }] = scope.shown as [(typeof scope.shown)[0]];
    expect(title).toBe("Your table is ready");
    expect(options).toMatchObject(fields);
    expect(options.actions).toEqual([{ action: "open", title: "Open", icon: "/open.png" }]);
  });

  test("the sender's data reads back exactly, but for the one reserved key", async () => {
    const data = { orderId: "12345", nested: { list: [1, null, "x"] }, url: "https://own.example/" };
    await scope.push(message({ title: "t", data, navigate: "/orders/12345" }));
    const { pushbell, ...own } = scope.shown[0]!.options.data;
    expect(own).toEqual(data);
    expect(pushbell).toEqual({ id: "req_1", copy: expect.any(String), navigate: "/orders/12345" });
  });

  test("the request's id is the tag, when the sender gave none", async () => {
    await scope.push(message({ title: "t" }));
    expect(scope.shown[0]!.options.tag).toBe("req_1");
  });

  test("renotify is left out without a tag, because the browser would refuse to show anything", async () => {
    await scope.push({ title: "foreign", renotify: true });
    expect(scope.shown[0]!.options).not.toHaveProperty("renotify");
  });

  test.each([
    ["nothing", undefined, "New notification", undefined],
    ["an empty text", "", "New notification", undefined],
    ["plain text", "It is ready", "New notification", "It is ready"],
    ["a JSON text", '"quoted"', "New notification", '"quoted"'],
    ["a JSON list", "[1]", "New notification", "[1]"],
    ["broken JSON", '{"title":', "New notification", '{"title":'],
    ["an empty object", "{}", "New notification", undefined],
    ["another sender's object", '{"title":"Hi","body":"there"}', "Hi", "there"],
    ["fields of wrong types", '{"title":7,"body":{},"data":[],"actions":"no"}', "New notification", undefined],
    ["a declarative message of another sender", '{"web_push":8030,"notification":{"title":"D"}}', "D", undefined],
  ])("%s is shown too", async (_, payload, title, body) => {
    await scope.push(payload);
    expect(scope.shown).toHaveLength(1);
    expect(scope.shown[0]!.title).toBe(title);
    expect(scope.shown[0]!.options.body).toBe(body);
  });

  test("a browser that refuses the finer options still shows the words", async () => {
    scope.refuses = options => "image" in options;
    await scope.push(message({ title: "t", body: "b", image: "https://x.example/i.png", data: { a: 1 } }));
    expect(scope.shown[0]).toMatchObject({ title: "t", options: { body: "b", tag: "req_1", data: { a: 1 } } });
  });

  test.each([
    [message({ title: "t" }, { app_badge: 3 }), [3]],
    [message({ title: "t", app_badge: 4 }), [4]],
    [message({ title: "t" }, { app_badge: 0 }), [0]],
    [message({ title: "t" }, { app_badge: "3" }), []],
    [message({ title: "t" }), []],
  ])("the badge of %j is %j", async (payload, badges) => {
    await scope.push(payload);
    expect(scope.badges).toEqual(badges);
  });

  test("open pages hear what was shown, with the sender's own data", async () => {
    const page = scope.open("https://shop.example/elsewhere");
    await scope.push(message({ title: "t", body: "b", data: { a: 1 }, navigate: "/x" }));
    expect(page.received).toEqual([
      expect.objectContaining({
        type: "pushbell:push",
        id: "req_1",
        title: "t",
        body: "b",
        tag: "req_1",
        data: { a: 1 },
        navigate: "/x",
      }),
    ]);
  });
});
