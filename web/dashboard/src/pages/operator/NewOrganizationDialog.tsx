import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Organization } from "../../api/contract";
import { mine } from "../../api/paths";
import { go, href } from "../../app/router";
import { useSessionState } from "../../app/session";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { FormDialog } from "../../parts/FormDialog";
import { say } from "../../parts/Toasts";
import { PLANS, readLimit } from "../usage/plans";

export function NewOrganizationDialog({ onClose }: { onClose: () => void }) {
  const { reload } = useSessionState();
  const [name, setName] = useState("");
  const [plan, setPlan] = useState("starter");
  const [credits, setCredits] = useState("");
  const create = useAction(async () => {
    const amount = readLimit(credits);
    if (amount === undefined) throw new Error("Credits must be a whole number of 1 or more, or empty: not metered.");
    const made = await api.post<Organization>(mine.organizations, {
      name: name.trim(),
      plan,
      ...(amount !== null && { credits: amount }),
    });
    say(`${made.name} is there. Invite its owner next.`);
    await Promise.all([reload(), cache.refresh(mine.organizations)]);
    go(href(`/${made.organization_id}/members`));
  });
  return (
    <FormDialog title="Create an organization" action={create} submit="Create" onClose={onClose}>
      <TextInput
        label="Name"
        data-autofocus
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label="Plan"
        data={PLANS.filter(({ value }) => value !== "custom")}
        value={plan}
        onChange={event => setPlan(event.currentTarget.value)}
      />
      <TextInput
        label="Credits"
        description="Empty: not metered."
        inputMode="numeric"
        value={credits}
        onChange={event => setCredits(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
