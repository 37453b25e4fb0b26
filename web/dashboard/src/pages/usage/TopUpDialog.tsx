import { TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { CreditTotals, Organization } from "../../api/contract";
import { organizationPaths } from "../../api/paths";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { counted } from "../../app/words";
import { FormDialog } from "../../parts/FormDialog";
import { Notice } from "../../parts/Notice";
import { say } from "../../parts/Toasts";
import { readLimit } from "./plans";

interface TopUpDialogProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

export function TopUpDialog({ organization, onClose }: TopUpDialogProps) {
  const [amount, setAmount] = useState("");
  const [note, setNote] = useState("");
  const paths = organizationPaths(organization.organization_id);
  const topUp = useAction(async () => {
    const credits = readLimit(amount);
    if (!credits) throw new Error("The amount must be a whole number of 1 or more.");
    await api.post<CreditTotals>(paths.topUps, { amount: credits, ...(note.trim() && { note: note.trim() }) });
    say(`${organization.name} has ${counted(credits, "credit")} more.`);
    await cache.refresh("/organizations");
    onClose();
  });
  return (
    <FormDialog title={`Top up ${organization.name}`} action={topUp} submit="Top up" onClose={onClose}>
      {organization.credits.available === null && (
        <Notice tone="warn">
          This organization is not metered so far. From its first top-up on, every accepted delivery costs a credit.
        </Notice>
      )}
      <TextInput
        label="Credits"
        inputMode="numeric"
        data-autofocus
        required
        withAsterisk={false}
        value={amount}
        onChange={event => setAmount(event.currentTarget.value)}
      />
      <TextInput
        label="Note"
        description="For the statement: an invoice number, say."
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
