import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { NotificationSummary } from "../api/contract";
import type { servicePaths } from "../api/paths";
import { cache } from "./useData";

/** Over HTTP/1.1 a browser opens six connections to a host: streams must leave some for everything else. */
const MOST_STREAMS = 3;
const POLL_MS = 3_000;

let streams = 0;

/**
 * What the last word is on a notification that is still under way: told by the server, or asked for every few seconds
 * where no stream can be had.
 */
export function useProgress<T extends NotificationSummary>(paths: ReturnType<typeof servicePaths>, known: T): T {
  const [latest, setLatest] = useState<NotificationSummary>();
  const id = known.request_id;
  const isRunning = isUnderWay(known);
  const { root } = paths;

  useEffect(() => {
    if (!isRunning) return;
    const stop = follow(paths.events(id), paths.notification(id), setLatest, () => {
      void cache.refresh(paths.notification(id), paths.breakdown(id), paths.deliveries(id, {}));
    });
    return stop;
    // The paths are made of these two.
  }, [id, root, isRunning]);

  return latest && isRunning && latest.request_id === id ? { ...known, ...latest } : known;
}

export function isUnderWay({ status, pending }: NotificationSummary): boolean {
  return status === "queued" || status === "processing" || (status !== "scheduled" && pending > 0);
}

/** From what the server has said last to what is still to come, 0…1. */
export function shareDone({ total_targets, pending, status }: NotificationSummary): number {
  if (status === "completed" || status === "cancelled") return 1;
  return total_targets === 0 ? 0 : Math.min(1, Math.max(0, 1 - pending / total_targets));
}

function follow(
  events: string,
  path: string,
  tell: (progress: NotificationSummary) => void,
  onEnd: () => void,
): () => void {
  if (streams >= MOST_STREAMS) return poll(path, tell, onEnd);
  let stopPolling: (() => void) | undefined;
  let isOpen = true;
  const source = new EventSource(api.addressOf(events));
  streams++;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    streams--;
    source.close();
  };
  source.addEventListener("progress", event => tell(JSON.parse(event.data as string) as NotificationSummary));
  source.addEventListener("end", () => {
    close();
    onEnd();
  });
  source.addEventListener("error", () => {
    if (!isOpen) return;
    close();
    stopPolling = poll(path, tell, onEnd);
  });
  return () => {
    close();
    stopPolling?.();
  };
}

function poll(path: string, tell: (progress: NotificationSummary) => void, onEnd: () => void): () => void {
  const patience = new AbortController();
  const timer = setInterval(async () => {
    try {
      const progress = await api.get<NotificationSummary>(path, patience.signal);
      if (patience.signal.aborted) return;
      tell(progress);
      if (isUnderWay(progress)) return;
      clearInterval(timer);
      onEnd();
    } catch {
      // The next try may reach the server again.
    }
  }, POLL_MS);
  return () => {
    clearInterval(timer);
    patience.abort();
  };
}
