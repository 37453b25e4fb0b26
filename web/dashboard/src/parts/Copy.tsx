import { Button } from "@mantine/core";
import { useState } from "react";
import { Icon } from "./Icon";
import { Notice } from "./Notice";
import s from "./Copy.module.css";

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for who hears it: `Copy secret key`. */
  readonly what: string;
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    setState(
      await navigator.clipboard.writeText(text).then(
        () => "copied" as const,
        () => "failed" as const,
      ),
    );
    setTimeout(() => setState("idle"), 2_000);
  };
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={`Copy ${what}`}
      leftSection={<Icon name={state === "copied" ? "check" : "copy"} size={15} />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{{ idle: "Copy", copied: "Copied", failed: "Select and copy it" }[state]}</span>
    </Button>
  );
}

/** Text to take elsewhere, as it is. */
export function Snippet({ text, what }: CopyButtonProps) {
  return (
    <div className={s.snippet}>
      <div className={s.bar}>
        <span>{what}</span>
        <CopyButton text={text} what={what} />
      </div>
      <pre className={s.code} tabIndex={0} role="region" aria-label={what}>
        {text}
      </pre>
    </div>
  );
}

/** Something that will never be shown again. */
export function ShownOnce({ text, what }: CopyButtonProps) {
  return (
    <Notice tone="warn" title="Copy it now: it is shown this once, and only its hash is kept.">
      <div className={s.secret}>
        <code>{text}</code>
        <CopyButton text={text} what={what} />
      </div>
    </Notice>
  );
}

/** An id, key or address in a line. */
export function Mono({ children }: { children: string }) {
  return <code className={s.mono}>{children}</code>;
}
