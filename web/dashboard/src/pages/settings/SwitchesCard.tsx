import { Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Service, ServiceChange } from "../../api/contract";
import { organizationPaths } from "../../api/paths";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Confirm } from "../../parts/Confirm";
import { Failed } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import type { CardProps } from "./GeneralCard";

/** What can be stopped at once. */
export function SwitchesCard({ scope, service }: CardProps) {
  const [asks, setAsks] = useState(false);
  const set = async (change: ServiceChange, done: string) => {
    await api.patch<Service>(scope.paths.root, change);
    say(done);
    await cache.refresh(organizationPaths(scope.organization).services);
  };
  const turn = useAction(set);
  const isFixed = !scope.may("admin") || turn.busy;
  return (
    <Card title="On and off">
      <Stack gap="md">
        <Switch
          label="Notifications"
          description="Off: nothing can be sent; clients may still register."
          disabled={isFixed}
          checked={service.notifications_enabled}
          onChange={({ currentTarget: { checked } }) =>
            void turn.run({ notifications_enabled: checked }, `Notifications are ${checked ? "on" : "off"}.`)
          }
        />
        <Switch
          label="Service"
          description="Off: every request with one of its keys is refused."
          disabled={isFixed}
          checked={service.is_active}
          onChange={({ currentTarget: { checked } }) =>
            checked ? void turn.run({ is_active: true }, "The service is on.") : setAsks(true)
          }
        />
        <Failed error={turn.error} />
      </Stack>
      {asks && (
        <Confirm
          title={`Switch ${service.name} off?`}
          action="Switch off"
          onConfirm={() => set({ is_active: false }, "The service is off.")}
          onClose={() => setAsks(false)}
        >
          Your backend and your pages are refused until it is switched on again. Clients are kept.
        </Confirm>
      )}
    </Card>
  );
}
