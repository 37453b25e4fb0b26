import { beforeEach, describe, expect, test, vi } from "vitest";
import { FakeWorkerScope, message } from "./fakeWorkerScope";

let scope: FakeWorkerScope;

beforeEach(() => {
  scope = FakeWorkerScope.start();
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

  test("the site's own notifications are left to the site", async () => {
    const page = scope.open("https://shop.example/app/");
    const close = vi.fn();
    const notification = { title: "t", body: "", tag: "", data: { mine: true }, close };
    await scope.fire("notificationclick", { action: "", notification });
    expect(close).not.toHaveBeenCalled();
    expect([scope.opened, page.received, page.focused]).toEqual([[], [], false]);
  });
});
