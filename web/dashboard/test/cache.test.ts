import { describe, expect, it } from "vitest";
import { ApiError } from "../src/api/error";
import { Cache } from "../src/app/cache";

function setting() {
  const asked: string[] = [];
  const answers = new Map<string, unknown>();
  const cache = new Cache(async path => {
    asked.push(path);
    const answer = answers.get(path) ?? `${path} ${asked.length}`;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { asked, answers, cache };
}

describe("the cache", () => {
  it("asks once for all who ask at the same time", async () => {
    const { asked, cache } = setting();
    await Promise.all([cache.load("/a"), cache.load("/a")]);
    expect(asked).toEqual(["/a"]);
    expect(cache.peek("/a")).toEqual({ data: "/a 1", loading: false });
  });

  it("keeps what it knew while it asks again, and when that fails in passing", async () => {
    const { answers, cache } = setting();
    await cache.load("/a");
    const again = cache.load("/a");
    expect(cache.peek("/a")).toEqual({ data: "/a 1", loading: true });
    await again;
    const outage = ApiError.unreachable();
    answers.set("/a", outage);
    await cache.load("/a");
    expect(cache.peek("/a")).toEqual({ data: "/a 2", error: outage, loading: false });
  });

  it("shows nothing of what is not there any more", async () => {
    const { answers, cache } = setting();
    await cache.load("/a");
    const gone = new ApiError("Gone.", 404, "NOT_FOUND");
    answers.set("/a", gone);
    await cache.load("/a");
    expect(cache.peek("/a")).toEqual({ error: gone, loading: false });
  });

  it("asks again for what is on view, and forgets the rest", async () => {
    const { asked, cache } = setting();
    for (const path of ["/o/1", "/o/2", "/x"]) await cache.load(path);
    let changes = 0;
    const leave = cache.watch("/o/1", () => changes++);
    await cache.refresh("/o");
    expect(asked).toEqual(["/o/1", "/o/2", "/x", "/o/1"]);
    expect(changes).toBeGreaterThan(0);
    expect(cache.peek("/o/2").data).toBeUndefined();
    expect(cache.peek("/x").data).toBe("/x 3");
    leave();
    await cache.refresh("/o");
    expect(asked).toHaveLength(4);
  });
});
