import { afterEach, beforeEach, expect, vi } from "vitest";
import { type PushbellError, type PushbellOptions, PushbellPWA } from "../../src/page";
import { TestServer } from "../server/testServer";
import { FakeBrowser } from "./fakeBrowser";

export const KEY = "pk_test_key";

/** The running test's own. */
export let server: TestServer;

/** Gives each test of a file a server of its own, and takes its browser's globals away after it. */
export function useServer(): void {
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    await server.stop();
  });
}

export function page(options: Partial<PushbellOptions> = {}): PushbellPWA {
  return new PushbellPWA({ organizationPublishableKey: KEY, serviceUrl: server.url, ...options });
}

/** A browser that was registered on an earlier visit; the server's list of requests is empty again. */
export async function earlierVisit(identity = { email: "ann@example.com" }): Promise<FakeBrowser> {
  const browser = new FakeBrowser();
  const pushbell = page();
  await pushbell.identify(identity);
  await pushbell.registerForPush();
  server.requests.length = 0;
  return browser;
}

export async function failure(work: Promise<unknown>): Promise<PushbellError> {
  return work.then(
    () => expect.unreachable("it should have failed"),
    error => error,
  );
}
