import { PasswordInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { VapidCheck } from "../../api/contract";
import { sentenceOf } from "../../api/error";
import { Mono } from "../../parts/Copy";
import { Notice } from "../../parts/Notice";

const PAUSE_MS = 400;

/** A VAPID private key, checked while it is being typed, with the public key that belongs to it. */
export function PrivateKeyField({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const [verdict, setVerdict] = useState<VapidCheck>();
  const key = value.trim();

  useEffect(() => {
    setVerdict(undefined);
    if (!key) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      api
        .post<VapidCheck>("/vapid/check", { private_key: key })
        .catch(error => ({ is_valid: false, public_key: null, problem: sentenceOf(error) }))
        .then(answer => isWanted && setVerdict(answer));
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key]);

  return (
    <>
      <PasswordInput
        label="Private key"
        description="32 bytes in base64url, as web-push and other tools print it."
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        error={verdict && !verdict.is_valid ? (verdict.problem ?? "This is no VAPID private key.") : undefined}
      />
      {verdict?.is_valid && (
        <Notice tone="good" title="This key can be used.">
          {verdict.public_key && (
            <>
              Its public key is <Mono>{verdict.public_key}</Mono>
            </>
          )}
        </Notice>
      )}
    </>
  );
}
