import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Invitation, Member, Role } from "../../api/contract";
import { ROLES, roleName } from "../../app/roles";
import { type PageProps, useOrganization } from "../../app/scope";
import { useSession } from "../../app/session";
import { useAction } from "../../app/useAction";
import { cache, useData } from "../../app/useData";
import { Confirm } from "../../parts/Confirm";
import { type Column, DataTable } from "../../parts/DataTable";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Failed } from "../../parts/Notice";
import { Card, Page } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { InviteDialog } from "./InviteDialog";

/** Who belongs to the organization, and who is invited. */
export default function MembersPage({ params }: PageProps) {
  const scope = useOrganization(params.organization!);
  const { paths, may } = scope;
  const { account } = useSession();
  const members = useData(paths.members);
  const [invites, setInvites] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const setRole = useAction(async (member: Member, role: Role) => {
    await api.patch(paths.member(member.account_id), { role });
    say(`${member.email} is ${roleName(role).toLowerCase()} now.`);
    await cache.refresh(paths.members);
  });
  const withdraw = useAction(async ({ invitation_id }: Invitation) => {
    await api.delete(paths.invitation(invitation_id));
    say("The invitation is withdrawn.");
    await cache.refresh(paths.members);
  });
  // Owners are for owners to change.
  const mayChange = (role: Role) => may("admin") && (role !== "owner" || may("owner"));
  const columns: Column<Member>[] = [
    {
      name: "Email",
      main: true,
      cell: ({ email, account_id }) => (account_id === account.account_id ? `${email} (you)` : email),
    },
    {
      name: "Role",
      cell: member =>
        mayChange(member.role) ? (
          <NativeSelect
            size="xs"
            aria-label={`Role of ${member.email}`}
            data={ROLES.filter(({ value }) => value !== "owner" || may("owner")).map(({ value, label }) => ({
              value,
              label,
            }))}
            value={member.role}
            disabled={setRole.busy}
            onChange={event => void setRole.run(member, event.currentTarget.value as Role)}
          />
        ) : (
          roleName(member.role)
        ),
    },
    { name: "Two-step sign-in", cell: ({ has_totp }) => (has_totp ? "On" : "Off") },
    {
      name: "Last seen",
      cell: ({ last_seen_at, has_signed_in }) =>
        last_seen_at ? <Moment at={last_seen_at} /> : has_signed_in ? null : "Never signed in",
    },
    {
      name: "Remove",
      bare: true,
      numeric: true,
      cell: member =>
        mayChange(member.role) && (
          <Button size="xs" variant="default" aria-label={`Remove ${member.email}`} onClick={() => setLeaving(member)}>
            Remove
          </Button>
        ),
    },
  ];
  const invitationColumns: Column<Invitation>[] = [
    { name: "Email", main: true, cell: ({ email }) => email },
    { name: "Role", cell: ({ role }) => roleName(role) },
    { name: "Lapses", cell: ({ expires_at }) => <Moment at={expires_at} /> },
    {
      name: "Withdraw",
      bare: true,
      numeric: true,
      cell: invitation =>
        may("admin") && (
          <Button
            size="xs"
            variant="default"
            disabled={withdraw.busy}
            aria-label={`Withdraw the invitation of ${invitation.email}`}
            onClick={() => void withdraw.run(invitation)}
          >
            Withdraw
          </Button>
        ),
    },
  ];
  return (
    <Page
      title="Members"
      lead="Each role includes those before it: viewer, sender, admin, owner."
      actions={
        may("admin") && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setInvites(true)}>
            Invite
          </Button>
        )
      }
    >
      <Failed error={setRole.error ?? withdraw.error} />
      <Card flush>
        <Loaded of={members}>
          {data => (
            <DataTable label="Members" columns={columns} rows={data.members} idOf={({ account_id }) => account_id} />
          )}
        </Loaded>
      </Card>
      {members.data && members.data.invitations.length > 0 && (
        <Card title="Invitations" lead="Their links have been given out and not used yet." flush>
          <DataTable
            label="Invitations"
            columns={invitationColumns}
            rows={members.data.invitations}
            idOf={({ invitation_id }) => invitation_id}
          />
        </Card>
      )}
      {invites && <InviteDialog scope={scope} onClose={() => setInvites(false)} />}
      {leaving && (
        <Confirm
          title={`Remove ${leaving.email}?`}
          action="Remove"
          onConfirm={async () => {
            await api.delete(paths.member(leaving.account_id));
            say(`${leaving.email} is no member any more.`);
            await cache.refresh(paths.members);
          }}
          onClose={() => setLeaving(undefined)}
        >
          They lose access to this organization at once. Their account stays.
        </Confirm>
      )}
    </Page>
  );
}
