/** The server counts a browser as online for two minutes after a sign of life. */
const INTERVAL_MS = 60_000;
const SHORTEST_MS = 30_000;

/** Calls `beat` about once a minute while the page is seen and online, and soon after it is again. */
export function whilePresent(beat: () => void): void {
  let last = Date.now();
  const check = () => {
    if (document.visibilityState !== "visible" || !navigator.onLine || Date.now() - last < SHORTEST_MS) return;
    last = Date.now();
    beat();
  };
  setInterval(check, INTERVAL_MS);
  document.addEventListener("visibilitychange", check);
  addEventListener("online", check);
}
