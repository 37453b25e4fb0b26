import { beforeEach, describe, expect, test } from "vitest";
import { attach } from "../../src/worker/attach";
import { FakeWorkerScope } from "./fakeWorkerScope";

let scope: FakeWorkerScope;

beforeEach(() => {
  scope = new FakeWorkerScope();
  attach(scope as unknown as ServiceWorkerGlobalScope);
});

function message(notification: object, more: object = {}) {
  return { web_push: 8030, notification, pushbell: { id: "req_1" }, ...more };
}

describe("life", () => {
  test("a new version takes over at once", async () => {
    await scope.fire("install");
    await scope.fire("activate");
    expect([scope.skipped, scope.claimed]).toEqual([true, true]);
  });
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
    expect(pushbell).toEqual({ id: "req_1", navigate: "/orders/12345" });
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

describe("click", () => {
  const ready = message({
    title: "t",
    data: { a: 1 },
    navigate: "orders/1?x=1",
    actions: [
      { action: "track", title: "Track", navigate: "https://carrier.example/1" },
      { action: "later", title: "Later" },
    ],
  });

  test("closes the notification and opens its address, relative to the app", async () => {
    await scope.push(ready);
    expect(await scope.click()).toBe(true);
    expect(scope.opened).toEqual(["https://shop.example/app/orders/1?x=1"]);
  });

  test("a button with an address of its own leads there", async () => {
    await scope.push(ready);
    await scope.click("track");
    expect(scope.opened).toEqual(["https://carrier.example/1"]);
  });

  test("a button without one leads where the notification does", async () => {
    await scope.push(ready);
    await scope.click("later");
    expect(scope.opened).toEqual(["https://shop.example/app/orders/1?x=1"]);
  });

  test("focuses the page that shows the address already, wherever it has scrolled", async () => {
    const other = scope.open("https://shop.example/app/");
    const page = scope.open("https://shop.example/app/orders/1?x=1#total");
    await scope.push(ready);
    await scope.click();
    expect([other.focused, page.focused]).toEqual([false, true]);
    expect(scope.opened).toEqual([]);
  });

  test("without an address, focuses any page of the app", async () => {
    const outside = scope.open("https://shop.example/blog");
    const page = scope.open("https://shop.example/app/cart");
    await scope.push(message({ title: "t" }));
    await scope.click();
    expect([outside.focused, page.focused]).toEqual([false, true]);
  });

  test.each([undefined, "javascript:alert(1)", "data:text/html,x", "https://"])(
    "with %s for an address and no page open, opens the app",
    async navigate => {
      await scope.push(message({ title: "t", navigate }));
      await scope.click();
      expect(scope.opened).toEqual(["https://shop.example/app/"]);
    },
  );

  test("open pages hear of it, with the action", async () => {
    const page = scope.open("https://shop.example/app/");
    await scope.push(ready);
    await scope.click("track");
    expect(page.received.at(-1)).toMatchObject({
      type: "pushbell:click",
      id: "req_1",
      data: { a: 1 },
      action: "track",
    });
  });

  test("a notification that was not ours does no harm", async () => {
    const notification = { title: "t", body: "", tag: "", data: null, close: () => undefined };
    await scope.fire("notificationclick", { action: "", notification });
    expect(scope.opened).toEqual(["https://shop.example/app/"]);
  });
});
