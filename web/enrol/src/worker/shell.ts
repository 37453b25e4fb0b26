/** How long the network may take before what was kept is shown instead. */
const PATIENCE_MS = 3_000;

const SHARED_FILES = ["/enrol/assets/enrol.js", "/enrol/assets/enrol.css", "/sdk/pushbell.js"];
const OWN_FILES = ["./", "settings.json", "manifest.webmanifest", "icon.svg"];

/** Keeps a copy of the page for when there is no network. With one, the network's answer always counts. */
export function serveOffline(scope: ServiceWorkerGlobalScope): void {
  const folder = scope.registration.scope;
  const cacheName = `pushbell-enrol:${new URL(folder).pathname}`;
  const files = new Set([...OWN_FILES, ...SHARED_FILES].map(file => new URL(file, folder).href));

  scope.addEventListener("install", event => {
    // One by one: a service without an icon is no reason to have no page.
    const keep = async (cache: Cache) => Promise.allSettled([...files].map(file => cache.add(file)));
    event.waitUntil(caches.open(cacheName).then(keep));
  });

  scope.addEventListener("fetch", event => {
    const file = event.request.url.replace(/[?#].*$/, "");
    if (event.request.method === "GET" && files.has(file)) answer(event, file, cacheName);
  });
}

function answer(event: FetchEvent, file: string, cacheName: string): void {
  const cache = caches.open(cacheName);
  const fetched = fetch(event.request);
  const kept = cache.then(opened => opened.match(file));
  event.respondWith(firstOf(fetched, kept));
  event.waitUntil(keepAnswer(fetched, file, cache));
}

/** The network's answer; the kept one when there is no network, or when it lets people wait. */
async function firstOf(fetched: Promise<Response>, kept: Promise<Response | undefined>): Promise<Response> {
  const late = new Promise<undefined>(resolve => setTimeout(resolve, PATIENCE_MS));
  const inTime = await Promise.race([fetched.catch(() => undefined), late]);
  return inTime?.clone() ?? (await kept) ?? fetched;
}

async function keepAnswer(fetched: Promise<Response>, file: string, cache: Promise<Cache>): Promise<void> {
  const response = await fetched.catch(() => undefined);
  if (response?.ok) await (await cache).put(file, response.clone());
}
