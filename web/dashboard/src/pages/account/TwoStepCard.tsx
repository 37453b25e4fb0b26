import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { RecoveryCodes, TotpProposal } from "../../api/contract";
import { mine } from "../../api/paths";
import { useSessionState } from "../../app/session";
import { useAction } from "../../app/useAction";
import { Mono, Snippet } from "../../parts/Copy";
import { Failed, Notice } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { QrCode } from "../../parts/QrCode";
import { Status } from "../../parts/Status";
import { say } from "../../parts/Toasts";

/** TOTP (RFC 6238): a code from an app beside the password. */
export function TwoStepCard({ isOn }: { isOn: boolean }) {
  const [recovery, setRecovery] = useState<string[]>();
  return (
    <Card
      title="Two-step sign-in"
      lead="A code from an authenticator app, beside the password."
      actions={<Status tone={isOn ? "good" : "quiet"}>{isOn ? "On" : "Off"}</Status>}
    >
      <Stack gap="md">
        {recovery && <RecoveryCodes codes={recovery} />}
        {isOn ? <TurnOff /> : <TurnOn onDone={setRecovery} />}
      </Stack>
    </Card>
  );
}

function TurnOn({ onDone }: { onDone: (codes: string[]) => void }) {
  const { reload } = useSessionState();
  const [offer, setOffer] = useState<TotpProposal>();
  const [code, setCode] = useState("");
  const begin = useAction(async () => setOffer(await api.post<TotpProposal>(mine.totp)));
  const finish = useAction(async () => {
    const { recovery_codes } = await api.put<RecoveryCodes>(mine.totp, { code: code.trim() });
    onDone(recovery_codes);
    await reload();
  });

  if (!offer) {
    return (
      <>
        <p className="muted">Who learns your password alone cannot sign in then.</p>
        <Failed error={begin.error} />
        <Group>
          <Button variant="light" loading={begin.busy} onClick={() => void begin.run()}>
            Turn on
          </Button>
        </Group>
      </>
    );
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void finish.run();
      }}
    >
      <Stack gap="md">
        <p>1. Scan this with your authenticator app, or type in the secret below.</p>
        <QrCode text={offer.uri} label="QR code for your authenticator app" />
        <Mono>{offer.secret}</Mono>
        <TextInput
          label="2. Enter the code that the app shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          maxLength={6}
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
        />
        <Failed error={finish.error} />
        <Group>
          <Button type="submit" loading={finish.busy}>
            Confirm
          </Button>
          <Button variant="default" onClick={() => setOffer(undefined)}>
            Not now
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TurnOff() {
  const { reload } = useSessionState();
  const [asks, setAsks] = useState(false);
  const [password, setPassword] = useState("");
  const turnOff = useAction(async () => {
    await api.delete(mine.totp, { password });
    say("Two-step sign-in is off.");
    await reload();
  });
  if (!asks) {
    return (
      <Group>
        <Button variant="default" onClick={() => setAsks(true)}>
          Turn off
        </Button>
      </Group>
    );
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void turnOff.run();
      }}
    >
      <Stack gap="md">
        <PasswordInput
          label="Your password, to turn it off"
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Failed error={turnOff.error} />
        <Group>
          <Button type="submit" color="red" loading={turnOff.busy}>
            Turn off
          </Button>
          <Button variant="default" onClick={() => setAsks(false)}>
            Keep it on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <Notice tone="warn" title="Keep these recovery codes in a safe place">
        Each is good once, for a day without your phone. They are not shown again.
      </Notice>
      <Snippet text={codes.join("\n")} what="recovery codes" />
    </>
  );
}
