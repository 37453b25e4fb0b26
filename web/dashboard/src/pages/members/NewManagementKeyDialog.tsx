import { Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { NewManagementKey, Role } from "../../api/contract";
import { ROLES } from "../../app/roles";
import type { OrganizationScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { FormDialog } from "../../parts/FormDialog";
import { KeyDialog } from "../../parts/KeyDialog";

/** Makes a key and shows it, this once. */
export function NewManagementKeyDialog({ scope, onClose }: { scope: OrganizationScope; onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [made, setMade] = useState<string>();
  const create = useAction(async () => {
    const { key } = await api.post<NewManagementKey>(scope.paths.managementKeys, {
      name: name.trim(),
      role,
    });
    setMade(key);
    await cache.refresh(scope.paths.managementKeys);
  });

  if (made) return <KeyDialog text={made} onClose={onClose} />;
  return (
    <FormDialog title="Create a management key" size="lg" action={create} submit="Create key" onClose={onClose}>
      <TextInput
        label="Name"
        description="What it is for."
        data-autofocus
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Radio.Group label="Role" value={role} onChange={value => setRole(value as Role)}>
        <Stack gap="sm" mt="xs">
          {ROLES.filter(({ value }) => value !== "owner").map(({ value, label, use }) => (
            <Radio key={value} value={value} label={label} description={use} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
