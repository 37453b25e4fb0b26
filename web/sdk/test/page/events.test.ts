import { describe, expect, test, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser";
import { page, useServer } from "./setting";

useServer();

describe("events", () => {
  const push = { type: "pushbell:push", id: "req_1", title: "Hello", body: "", tag: "req_1", data: { a: 1 } };

  test("hands on what the worker tells, and only ours", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const shown = vi.fn();
    const clicked = vi.fn();
    pushbell.on("notification", shown);
    pushbell.on("click", clicked);
    await pushbell.initialize();

    browser.receive(push);
    browser.receive({ ...push, type: "pushbell:click", action: "open" });
    browser.receive("somebody else's");
    browser.receive(undefined);

    expect(shown).toHaveBeenCalledExactlyOnceWith(push);
    expect(clicked).toHaveBeenCalledExactlyOnceWith({ ...push, type: "pushbell:click", action: "open" });
  });

  test("a handler taken off hears no more", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const shown = vi.fn();
    const off = pushbell.on("notification", shown);
    await pushbell.initialize();
    off();
    browser.receive(push);
    expect(shown).not.toHaveBeenCalled();
  });

  test("a handler that throws is reported and stops no other", async () => {
    const browser = new FakeBrowser();
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    const pushbell = page();
    const second = vi.fn();
    pushbell.on("notification", () => {
      throw new Error("the page's bug");
    });
    pushbell.on("notification", second);
    await pushbell.initialize();
    browser.receive(push);
    expect(second).toHaveBeenCalledOnce();
    expect(reportError).toHaveBeenCalledOnce();
  });
});
