import { Button } from "@mantine/core";
import { api } from "../../api/client";
import { useOrganization } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache, useData } from "../../app/useData";
import { Moment } from "../../parts/Moment";
import { Failed, Notice } from "../../parts/Notice";
import { say } from "../../parts/Toasts";

/** What a push service does to this organization, and nobody has looked at yet. */
export function Alarms({ organization }: { organization: string }) {
  const { paths, may } = useOrganization(organization);
  const alarms = useData(paths.alarms);
  const resolve = useAction(async (id: string) => {
    await api.post(paths.resolveAlarm(id));
    say("The alarm is resolved.");
    await cache.refresh(paths.root);
  });
  const open = alarms.data?.alarms.filter(({ resolved_at }) => resolved_at === null) ?? [];
  return (
    <>
      {open.map(({ alarm_id, origin, sentence, raised_at }) => (
        <Notice
          key={alarm_id}
          tone="bad"
          title={origin}
          action={
            may("admin") && (
              <Button size="xs" variant="default" disabled={resolve.busy} onClick={() => void resolve.run(alarm_id)}>
                Resolve
              </Button>
            )
          }
        >
          {sentence} <Moment at={raised_at} />
        </Notice>
      ))}
      <Failed error={resolve.error} />
    </>
  );
}
