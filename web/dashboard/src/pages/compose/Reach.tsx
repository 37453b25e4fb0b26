import { Stack, TextInput } from "@mantine/core";
import { count, counted } from "../../app/words";
import { fullness, Meter } from "../../parts/Meter";
import { Notice } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import type { Draft } from "./draft";
import type { Trial } from "./useDryRun";
import s from "./Compose.module.css";

interface ReachProps {
  readonly draft: Draft;
  readonly wrong: string | undefined;
  readonly change: (changes: Partial<Draft>) => void;
  readonly trial: Trial;
  readonly isComplete: boolean;
}

/** When, and what the server says of it beforehand. */
export function Reach({ draft, wrong, change, trial, isComplete }: ReachProps) {
  const { answer, error, busy } = trial;
  return (
    <Card title="Before it goes">
      <Stack gap="md">
        <TextInput
          label="Send at"
          description={`In your time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}. Empty: at once.`}
          type="datetime-local"
          value={draft.sendAt}
          error={wrong}
          onChange={event => change({ sendAt: event.currentTarget.value })}
        />
        <div aria-live="polite" aria-busy={busy} className={s.reach}>
          {!isComplete ? (
            <p className="muted small">
              Whom it reaches is counted as soon as there is a title, a text and a recipient.
            </p>
          ) : error ? (
            <Notice tone="bad">{error}</Notice>
          ) : answer ? (
            <>
              <p className={s.total}>
                <strong>{count(answer.total_targets)}</strong> {answer.total_targets === 1 ? "client" : "clients"}
              </p>
              {answer.total_targets === 0 && (
                <Notice tone="warn">Nobody would be reached: there is no active client among these recipients.</Notice>
              )}
              {answer.invalid_registrations.length > 0 && (
                <Notice tone="warn">
                  {counted(answer.invalid_registrations.length, "id is", "ids are")} unknown and left out.
                </Notice>
              )}
              <div>
                <p className={s.line}>
                  <span>Payload</span>
                  <span className="figures">
                    {count(answer.payload_bytes)} of {count(answer.payload_limit)} bytes
                  </span>
                </p>
                <Meter
                  label="Payload size"
                  share={answer.payload_bytes / answer.payload_limit}
                  tone={fullness(answer.payload_bytes, answer.payload_limit + 1)}
                />
              </div>
              {answer.credits_needed !== null && (
                <p className={s.line}>
                  <span>Credits held</span>
                  <span className="figures">{count(answer.credits_needed)}</span>
                </p>
              )}
            </>
          ) : (
            <p className="muted small">Counting…</p>
          )}
        </div>
      </Stack>
    </Card>
  );
}
