import { useEffect, useSyncExternalStore } from "react";
import { Icon } from "./Icon";
import s from "./Toasts.module.css";

interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 5_000;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** Says in passing that something has been done. */
export function say(text: string): void {
  set([...toasts.slice(-2), { id: ++last, text }]);
}

export function Toasts() {
  const shown = useSyncExternalStore(listen, () => toasts);
  return (
    <div className={s.toasts} role="status" aria-live="polite">
      {shown.map(toast => (
        <Shown key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Shown({ toast: { id, text } }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => set(toasts.filter(toast => toast.id !== id)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className={s.toast}>
      <span className={s.icon}>
        <Icon name="check" />
      </span>
      {text}
    </div>
  );
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of listeners) changed();
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
