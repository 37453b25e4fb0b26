import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { api } from "../../api/client";
import type { Notification as Sent } from "../../api/contract";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { recallDraft, rememberDraft } from "../../app/storage";
import { useAction } from "../../app/useAction";
import { cache, useData } from "../../app/useData";
import { count, moment } from "../../app/words";
import { Confirm } from "../../parts/Confirm";
import { Loaded } from "../../parts/Loaded";
import { useNow } from "../../parts/Moment";
import { Failed } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { bodyOf, type Draft, draftOf, EMPTY, momentOf } from "./draft";
import { ContentFields } from "./ContentFields";
import { CONFIRM_ABOVE, problems } from "./limits";
import { MoreFields } from "./MoreFields";
import { Previews } from "./Previews";
import { Reach } from "./Reach";
import { newId } from "./random";
import { TargetFields } from "./TargetFields";
import { useDryRun } from "./useDryRun";
import s from "./Compose.module.css";

/** A new notification, or one more like an earlier one (`?again=req_…`, `?client=reg_…`). */
export default function ComposePage({ params, query }: PageProps) {
  const scope = useService(params);
  const again = query.get("again");
  const earlier = useData(again ? scope.paths.notification(again) : undefined);
  if (!scope.may("sender")) {
    return (
      <Page title="Compose">
        <Failed error="Your role may look but not send. Ask an admin to make you a sender." />
      </Page>
    );
  }
  const client = query.get("client");
  const begun: Partial<Draft> = client ? { target: "clients", people: client } : {};
  if (!again) return <Composer key={client} scope={scope} begun={begun} />;
  return (
    <Loaded of={earlier} lines={8}>
      {({ content, ttl, urgency }) => (
        <Composer key={again} scope={scope} begun={draftOf({ ttl, urgency, ...content })} />
      )}
    </Loaded>
  );
}

function Composer({ scope, begun }: { scope: ServiceScope; begun: Partial<Draft> }) {
  const { service, paths, to } = scope;
  const name = `compose:${service}`;
  const [draft, setDraft] = useState<Draft>(() =>
    Object.keys(begun).length > 0 ? { ...EMPTY, ...begun } : { ...EMPTY, ...recallDraft<Draft>(name) },
  );
  const [asks, setAsks] = useState(false);
  const [wasTried, setTried] = useState(false);
  const now = useNow();
  const wrong = useMemo(() => problems(draft, now), [draft, now]);
  const isComplete = Object.keys(wrong).length === 0;
  const trial = useDryRun(paths.send, draft, isComplete);
  const once = useRef(newId());

  useEffect(() => rememberDraft(name, draft), [name, draft]);
  const change = (changes: Partial<Draft>) => {
    once.current = newId(); // Another text is another notification.
    setDraft(before => ({ ...before, ...changes }));
  };

  const send = async () => {
    const sent = await api.post<Sent>(paths.send, bodyOf(draft), { "Idempotency-Key": once.current });
    rememberDraft(name, undefined);
    setDraft(EMPTY);
    say(draft.sendAt ? `Scheduled for ${moment(momentOf(draft.sendAt))}.` : "The notification is on its way.");
    await cache.refresh(paths.root);
    go(to(`notifications/${sent.request_id}`));
  };
  const press = useAction(async () => {
    setTried(true);
    if (!isComplete) throw new Error(Object.values(wrong)[0]);
    if ((trial.answer?.total_targets ?? 0) > CONFIRM_ABOVE) setAsks(true);
    else await send();
  });
  const shown = wasTried ? wrong : onlyOfWhatIsThere(wrong, draft);

  return (
    <Page
      title="Compose"
      actions={
        <Button variant="subtle" onClick={() => change(EMPTY)}>
          Clear
        </Button>
      }
    >
      <form
        className={s.compose}
        onSubmit={event => {
          event.preventDefault();
          void press.run();
        }}
      >
        <div className={s.fields}>
          <ContentFields draft={draft} wrong={shown} change={change} />
          <TargetFields draft={draft} wrong={shown} change={change} />
          <MoreFields draft={draft} wrong={shown} change={change} />
        </div>
        <div className={s.aside}>
          <Previews draft={draft} scope={scope} />
          <Reach draft={draft} wrong={shown.sendAt} change={change} trial={trial} isComplete={isComplete} />
          <Failed error={press.error} />
          <Button type="submit" size="md" fullWidth loading={press.busy} disabled={trial.answer?.total_targets === 0}>
            {draft.sendAt ? "Schedule" : "Send now"}
          </Button>
        </div>
      </form>
      {asks && (
        <Confirm
          title={`Send to ${count(trial.answer?.total_targets ?? 0)} clients?`}
          action={draft.sendAt ? "Schedule" : `Send to ${count(trial.answer?.total_targets ?? 0)}`}
          danger={false}
          onConfirm={send}
          onClose={() => setAsks(false)}
        >
          <p>
            <strong>{draft.title}</strong>
          </p>
          <p>{draft.body}</p>
          <p className="muted small">What a push service has accepted cannot be taken back for sure.</p>
        </Confirm>
      )}
    </Page>
  );
}

/** A field that is still empty is not wrong while somebody is writing. */
function onlyOfWhatIsThere(wrong: ReturnType<typeof problems>, draft: Draft): ReturnType<typeof problems> {
  return Object.fromEntries(Object.entries(wrong).filter(([name]) => String(draft[name as keyof Draft]).trim() !== ""));
}
