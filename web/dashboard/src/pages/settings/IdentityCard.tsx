import { Button, Group, PasswordInput, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Service } from "../../api/contract";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Failed, Notice } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import type { CardProps } from "./GeneralCard";
import s from "./Settings.module.css";

const MODES = [
  ["off", "Off", "What a page says of who uses it is believed. Good for a newsletter."],
  ["optional", "Optional", "A token that comes is checked; without one the page is believed."],
  ["required", "Required", "Nobody is named without a token that your backend has signed."],
] as const;

/** Whether pages must prove whom they register. */
export function IdentityCard({ scope, service }: CardProps) {
  const [mode, setMode] = useState(service.identity_mode);
  const [secret, setSecret] = useState("");
  const save = useAction(async () => {
    // The key first: a mode that checks tokens is refused without one.
    if (secret) await api.put<Service>(scope.paths.identityKey, { key: secret });
    if (mode !== service.identity_mode) await api.patch<Service>(scope.paths.root, { identity_mode: mode });
    setSecret("");
    say("Identity tokens are set up.");
    await cache.refresh(scope.paths.root);
  });
  return (
    <Card title="Identity tokens" lead="So that nobody can register a browser as somebody else.">
      <form
        onSubmit={event => {
          event.preventDefault();
          void save.run();
        }}
      >
        <fieldset className={s.plain} disabled={!scope.may("admin")}>
          <Stack gap="md">
            <Radio.Group aria-label="Identity tokens" value={mode} onChange={value => setMode(value as typeof mode)}>
              <Stack gap="sm">
                {MODES.map(([value, label, description]) => (
                  <Radio key={value} value={value} label={label} description={description} />
                ))}
              </Stack>
            </Radio.Group>
            {mode !== "off" && (
              <PasswordInput
                label={service.has_identity_key ? "New signing secret" : "Signing secret"}
                description="At least 32 characters, shared with your backend, which signs with HS256. It is never shown again."
                placeholder={
                  service.has_identity_key ? "Leave it empty to keep the present one" : "openssl rand -base64 32"
                }
                autoComplete="off"
                value={secret}
                onChange={event => setSecret(event.currentTarget.value)}
              />
            )}
            {mode !== "off" && !service.has_identity_key && !secret && (
              <Notice tone="info">Without a secret no token can be checked.</Notice>
            )}
            <Failed error={save.error} />
            {scope.may("admin") && (
              <Group>
                <Button type="submit" loading={save.busy} disabled={mode === service.identity_mode && !secret}>
                  Save
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Card>
  );
}
