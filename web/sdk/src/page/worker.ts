import { PushbellError } from "../shared/error";

const DEFAULT_URL = "/pushbell-sw.js";

/** Where the page's worker is, or is to be: absolute addresses. */
export interface WorkerPlace {
  readonly script: string;
  readonly scope: string;
  /** The page did not name the script. */
  readonly isDefault: boolean;
}

export function workerPlace(options: { workerUrl?: string; workerScope?: string }): WorkerPlace {
  const script = new URL(options.workerUrl ?? DEFAULT_URL, location.href);
  const scope = options.workerScope === undefined ? new URL("./", script) : new URL(options.workerScope, location.href);
  return { script: script.href, scope: scope.href, isDefault: options.workerUrl === undefined };
}

/** The worker of exactly this scope, if there is one. */
export async function findWorker({ scope }: WorkerPlace): Promise<ServiceWorkerRegistration | undefined> {
  const nearest = await navigator.serviceWorker.getRegistration(scope);
  return nearest?.scope === scope ? nearest : undefined;
}

/** The page's worker, registered where need be, once it runs; whether or not this page lies in its scope. */
export async function startWorker(place: WorkerPlace): Promise<ServiceWorkerRegistration> {
  const { script, scope, isDefault } = place;
  try {
    const found = await findWorker(place);
    const present = found && (found.installing ?? found.waiting ?? found.active)?.scriptURL;
    if (present && present !== script && isDefault) throw conflict(present);
    // One that is there is left as the site registered it: it may be a module, which registering it again would undo.
    const worker = found && present === script ? found : await navigator.serviceWorker.register(script, { scope });
    const starting = worker.installing ?? worker.waiting;
    if (!worker.active && starting) await activated(starting);
    return worker;
  } catch (error) {
    throw PushbellError.from(error, "WORKER_FAILED", `The service worker ${script} could not be started: `);
  }
}

/** A scope has one worker: registering ours would put the site's own out of work without a word. */
function conflict(present: string): PushbellError {
  return new PushbellError(
    "WORKER_CONFLICT",
    `This site has a service worker already. Let ${present} import pushbell-sw.js and name it as workerUrl, ` +
      `or give ours a workerScope of its own, such as "/pushbell/".`,
  );
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("it was discarded while it was being installed"));
    };
    worker.addEventListener("statechange", check);
    check();
  });
}
