import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Organization, PlanInfo } from "../../api/contract";
import { organizationPaths } from "../../api/paths";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { FormDialog } from "../../parts/FormDialog";
import { say } from "../../parts/Toasts";
import { PLANS, readLimit } from "./plans";

interface PlanDialogProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

export function PlanDialog({ organization, onClose }: PlanDialogProps) {
  const [plan, setPlan] = useState(organization.plan.name);
  const [hourly, setHourly] = useState(String(organization.plan.hourly ?? ""));
  const [daily, setDaily] = useState(String(organization.plan.daily ?? ""));
  const paths = organizationPaths(organization.organization_id);
  const save = useAction(async () => {
    const limits = { hourly: readLimit(hourly), daily: readLimit(daily) };
    if (plan === "custom" && (limits.hourly === undefined || limits.daily === undefined)) {
      throw new Error("A limit must be a whole number of 1 or more, or empty for none.");
    }
    await api.put(paths.plan, plan === "custom" ? { plan, ...limits } : { plan });
    say(`${organization.name} has a new plan.`);
    await cache.refresh("/organizations");
    onClose();
  });
  return (
    <FormDialog title={`Plan of ${organization.name}`} action={save} submit="Change plan" onClose={onClose}>
      <NativeSelect
        label="Plan"
        data={[...PLANS]}
        value={plan}
        onChange={event => setPlan(event.currentTarget.value as PlanInfo["name"])}
      />
      {plan === "custom" && (
        <>
          <TextInput
            label="Deliveries an hour"
            description="Empty: no limit."
            inputMode="numeric"
            value={hourly}
            onChange={event => setHourly(event.currentTarget.value)}
          />
          <TextInput
            label="Deliveries a day"
            description="Empty: no limit."
            inputMode="numeric"
            value={daily}
            onChange={event => setDaily(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
