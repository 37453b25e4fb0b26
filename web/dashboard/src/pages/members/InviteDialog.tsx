import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { NewInvitation, Role } from "../../api/contract";
import { ROLES } from "../../app/roles";
import type { OrganizationScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Snippet } from "../../parts/Copy";
import { FormDialog } from "../../parts/FormDialog";
import { Notice } from "../../parts/Notice";

/** Ends with a link that the inviter hands over: this server sends no email. */
export function InviteDialog({ scope, onClose }: { scope: OrganizationScope; onClose: () => void }) {
  const { paths, may } = scope;
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("sender");
  const [made, setMade] = useState<NewInvitation>();
  const invite = useAction(async () => {
    setMade(await api.post<NewInvitation>(paths.invitations, { email: email.trim(), role }));
    await cache.refresh(paths.members);
  });

  if (made) {
    return (
      <Modal opened onClose={onClose} title={`Invitation of ${made.email}`} size="lg" centered>
        <Stack gap="md">
          <Notice tone="warn" title="Send them this link.">
            It is good once, for seven days, and is not shown again.
          </Notice>
          <Snippet text={made.link} what="link" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <FormDialog title="Invite somebody" size="lg" action={invite} submit="Make the link" onClose={onClose}>
      <TextInput
        label="Email"
        type="email"
        data-autofocus
        required
        withAsterisk={false}
        value={email}
        onChange={event => setEmail(event.currentTarget.value)}
      />
      <Radio.Group label="Role" value={role} onChange={value => setRole(value as Role)}>
        <Stack gap="sm" mt="xs">
          {ROLES.filter(({ value }) => value !== "owner" || may("owner")).map(({ value, label, use }) => (
            <Radio key={value} value={value} label={label} description={use} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
