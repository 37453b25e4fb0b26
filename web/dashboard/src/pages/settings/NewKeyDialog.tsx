import { Checkbox, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { CreatedKey, KeyKind, NewKey } from "../../api/contract";
import type { ServiceScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { FormDialog } from "../../parts/FormDialog";
import { KeyDialog } from "../../parts/KeyDialog";
import { KINDS, SCOPES } from "./keyKinds";

/** Makes a key and shows it, this once. */
export function NewKeyDialog({ scope, onClose }: { scope: ServiceScope; onClose: () => void }) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<KeyKind>("secret");
  const [scopes, setScopes] = useState<string[]>(["send"]);
  const [isFree, setFree] = useState(false);
  const [made, setMade] = useState<string>();
  const create = useAction(async () => {
    const wanted: NewKey = {
      kind,
      name: name.trim(),
      ...(kind === "restricted" && { scopes }),
      ...(isFree && kind !== "publishable" && { is_service_to_service: true }),
    };
    setMade((await api.post<CreatedKey>(scope.paths.keys, wanted)).key);
    await cache.refresh(scope.paths.keys);
  });

  if (made) return <KeyDialog text={made} onClose={onClose} />;
  return (
    <FormDialog
      title="Create a key"
      size="lg"
      action={create}
      submit="Create key"
      disabled={kind === "restricted" && scopes.length === 0}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What it is for."
        placeholder="Shop backend"
        data-autofocus
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Radio.Group label="Kind" value={kind} onChange={value => setKind(value as KeyKind)}>
        <Stack gap="sm" mt="xs">
          {KINDS.map(({ value, label, use }) => (
            <Radio key={value} value={value} label={label} description={use} />
          ))}
        </Stack>
      </Radio.Group>
      {kind === "restricted" && (
        <Checkbox.Group label="Scopes" value={scopes} onChange={setScopes}>
          <Stack gap="xs" mt="xs">
            {SCOPES.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {kind !== "publishable" && (
        <Checkbox
          label="Service to service"
          description="What is sent with it is not charged, however few the credits."
          checked={isFree}
          onChange={event => setFree(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}
