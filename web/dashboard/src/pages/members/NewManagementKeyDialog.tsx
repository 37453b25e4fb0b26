import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { NewManagementKey, Role } from "../../api/contract";
import { ROLES } from "../../app/roles";
import type { OrganizationScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { ShownOnce } from "../../parts/Copy";
import { Failed } from "../../parts/Notice";

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
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? "Your new key" : "Create a management key"}
      size="lg"
      centered
      closeOnClickOutside={!made}
    >
      {made ? (
        <Stack gap="md">
          <ShownOnce text={made} what="key" />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have copied it</Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault();
            void create.run();
          }}
        >
          <Stack gap="md">
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
            <Failed error={create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={create.busy}>
                Create key
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
