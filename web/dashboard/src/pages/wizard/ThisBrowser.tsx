import { Button, Group, Stack } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import type { Client, Notification as Sent } from "../../api/contract";
import { useProgress } from "../../app/progress";
import type { ServiceScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Failed, Notice } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { deviceInfo, obstacle, onArrival, subscribe } from "./browser";
import s from "./StartPage.module.css";

/** A notification to this very browser, followed from the button to the screen. */
export function ThisBrowser({ scope, vapidKey }: { scope: ServiceScope; vapidKey: string }) {
  const { paths, service, may } = scope;
  const [client, setClient] = useState<Client>();
  const [sent, setSent] = useState<Sent>();
  const [arrived, setArrived] = useState<readonly string[]>([]);
  const hindrance = useRef(obstacle()).current;

  useEffect(() => onArrival(id => setArrived(all => [...all, id])), []);
  const test = useAction(async () => {
    const subscription = await subscribe(service, vapidKey);
    const registered = await api.post<Client>(paths.thisBrowser, { subscription, device_info: deviceInfo() });
    setClient(registered);
    setSent(await api.post<Sent>(paths.test(registered.registration_id)));
    await cache.refresh(paths.root);
  });

  return (
    <Card title="In this browser" lead="Subscribes it under your own email and sends a test notification.">
      <Stack gap="md">
        {!may("sender") ? (
          <Notice tone="info">Your role may not send. Ask an admin to make you a sender.</Notice>
        ) : hindrance ? (
          <Notice tone="info">{hindrance}</Notice>
        ) : (
          <>
            <Group>
              <Button loading={test.busy} onClick={() => void test.run()}>
                {sent ? "Send another" : "Send a test notification"}
              </Button>
            </Group>
            <Failed error={test.error} />
            {sent && client && (
              <Outcome key={sent.request_id} scope={scope} sent={sent} hasArrived={arrived.includes(sent.request_id)} />
            )}
          </>
        )}
      </Stack>
    </Card>
  );
}

function Outcome({ scope, sent, hasArrived }: { scope: ServiceScope; sent: Sent; hasArrived: boolean }) {
  const { outcomes, pending } = useProgress(scope.paths, sent);
  const accepted = outcomes.accepted > 0 || hasArrived;
  const failed =
    !accepted && pending === 0 && outcomes.gone + outcomes.rejected + outcomes.expired + outcomes.cancelled > 0;
  const step = (state: "done" | "busy" | "open", text: string) => (
    <li className={s.step} data-state={state}>
      {text}
    </li>
  );
  return (
    <div aria-live="polite">
      <ol className={s.steps}>
        {step("done", "This browser is subscribed")}
        {step(
          accepted ? "done" : "busy",
          accepted ? "The push service has accepted it" : "On its way to the push service",
        )}
        {step(
          hasArrived ? "done" : accepted ? "busy" : "open",
          hasArrived ? "It arrived and is shown" : "Shown in this browser",
        )}
      </ol>
      {failed && (
        <Notice tone="bad" title="It was not delivered.">
          <a href={scope.to(`notifications/${sent.request_id}`)}>See why</a>
        </Notice>
      )}
    </div>
  );
}
