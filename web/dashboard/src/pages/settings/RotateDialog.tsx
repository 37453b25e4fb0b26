import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { VapidPair } from "../../api/contract";
import type { ServiceScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { FormDialog } from "../../parts/FormDialog";
import { say } from "../../parts/Toasts";
import { PrivateKeyField } from "./PrivateKeyField";

/** A new current pair, generated here or brought along. */
export function RotateDialog({ scope, onClose }: { scope: ServiceScope; onClose: () => void }) {
  const [isOwn, setOwn] = useState(false);
  const [key, setKey] = useState("");
  const rotate = useAction(async () => {
    await api.post<VapidPair>(scope.paths.vapid, isOwn ? { private_key: key.trim() } : {});
    say("The service has a new VAPID key.");
    await cache.refresh(scope.paths.root);
    onClose();
  });
  return (
    <FormDialog
      title="Rotate the VAPID key"
      action={rotate}
      submit="Rotate"
      cancel="Keep the present one"
      disabled={isOwn && !key.trim()}
      onClose={onClose}
    >
      <p>
        New subscriptions use the new pair. Those made with the old one are sent with it as before, and each moves over
        on its person&rsquo;s next visit.
      </p>
      <Radio.Group aria-label="The new pair" value={isOwn ? "own" : "new"} onChange={value => setOwn(value === "own")}>
        <Stack gap="sm">
          <Radio value="new" label="Generate a new pair" />
          <Radio value="own" label="Bring your own pair" />
        </Stack>
      </Radio.Group>
      {isOwn && <PrivateKeyField value={key} onChange={setKey} />}
    </FormDialog>
  );
}
