import { Radio, Stack } from "@mantine/core";
import { PrivateKeyField } from "../settings/PrivateKeyField";
import type { StepProps } from "./steps";

export function VapidStep({ draft, change }: StepProps) {
  return (
    <>
      <Radio.Group
        label="VAPID keys"
        description="They sign what you send (RFC 8292). Browsers subscribe with the public one."
        value={draft.ownKey ? "own" : "new"}
        onChange={value => change({ ownKey: value === "own" })}
      >
        <Stack gap="sm" mt="sm">
          <Radio
            value="new"
            label="Generate a new pair"
            description="Right for a new app. The private key never leaves the server."
          />
          <Radio
            value="own"
            label="Bring your own pair"
            description="Right when browsers have subscribed with it elsewhere: their subscriptions can move here."
          />
        </Stack>
      </Radio.Group>
      {draft.ownKey && <PrivateKeyField value={draft.privateKey} onChange={privateKey => change({ privateKey })} />}
    </>
  );
}
