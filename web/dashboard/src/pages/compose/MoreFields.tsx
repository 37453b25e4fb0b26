import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { duration } from "../../app/words";
import { Card } from "../../parts/Page";
import type { FieldsProps } from "./ContentFields";
import type { ActionDraft, Draft } from "./draft";
import { MAX_ACTIONS } from "./limits";
import s from "./Compose.module.css";

const TTLS = [0, 60, 600, 3_600, 21_600, 86_400, 259_200, 604_800, 1_209_600, 2_419_200];
const URGENCIES = [
  { value: "very-low", label: "Very low: on power and Wi-Fi" },
  { value: "low", label: "Low: on either" },
  { value: "normal", label: "Normal" },
  { value: "high", label: "High: even when the battery is low" },
];

type TextField = "icon" | "image" | "badge" | "tag" | "topic" | "badgeCount";

const TEXTS: readonly [TextField, string, string][] = [
  ["icon", "Icon", "Address of a picture, 192 × 192 pixels."],
  ["image", "Large image", "Address of a picture; Android and Windows show it."],
  ["badge", "Badge", "Address of a small picture in one colour, for Android’s status bar."],
  ["tag", "Tag", "A later notification with the same tag takes the place of this one."],
  ["topic", "Topic", "The same while it still waits at the push service."],
  ["badgeCount", "Number on the app’s icon", "0 takes it off."],
];

/** What most notifications do without. */
export function MoreFields({ draft, wrong, change }: FieldsProps) {
  const ttls = TTLS.includes(draft.ttl) ? TTLS : [...TTLS, draft.ttl].sort((a, b) => a - b);
  return (
    <Card title="Delivery and looks">
      <Stack gap="lg">
        <div className={s.pair}>
          <NativeSelect
            label="Urgency"
            description="How soon it matters."
            data={URGENCIES}
            value={draft.urgency}
            onChange={event => change({ urgency: event.currentTarget.value })}
          />
          <NativeSelect
            label="Keep trying for"
            description="For devices that are off or offline."
            data={ttls.map(value => ({
              value: String(value),
              label: value === 0 ? "Not at all: only who is online" : duration(value),
            }))}
            value={String(draft.ttl)}
            onChange={event => change({ ttl: Number(event.currentTarget.value) })}
          />
        </div>
        <Actions actions={draft.actions} error={wrong.actions} change={change} />
        <details className={s.more}>
          <summary>More options</summary>
          <Stack gap="md" mt="md">
            <div className={s.pair}>
              {TEXTS.map(([name, label, description]) => (
                <TextInput
                  key={name}
                  label={label}
                  description={description}
                  value={draft[name]}
                  error={wrong[name]}
                  onChange={event => change({ [name]: event.currentTarget.value })}
                />
              ))}
            </div>
            <Checkbox
              label="Stay on view until the person acts"
              checked={draft.requireInteraction}
              onChange={event => change({ requireInteraction: event.currentTarget.checked })}
            />
            <Checkbox
              label="No sound, no vibration"
              checked={draft.silent}
              onChange={event => change({ silent: event.currentTarget.checked })}
            />
            <Checkbox
              label="Alert again when it takes the place of another (needs a tag)"
              checked={draft.renotify}
              onChange={event => change({ renotify: event.currentTarget.checked })}
            />
            <Textarea
              label="Data"
              description="A JSON object that reaches your page as it is."
              placeholder={'{"order": 7}'}
              autosize
              minRows={2}
              maxRows={10}
              spellCheck={false}
              value={draft.data}
              error={wrong.data}
              onChange={event => change({ data: event.currentTarget.value })}
            />
          </Stack>
        </details>
      </Stack>
    </Card>
  );
}

interface ActionsProps {
  readonly actions: readonly ActionDraft[];
  readonly error: string | undefined;
  readonly change: (changes: Partial<Draft>) => void;
}

function Actions({ actions, error, change }: ActionsProps) {
  const set = (at: number, changes: Partial<ActionDraft>) =>
    change({ actions: actions.map((action, index) => (index === at ? { ...action, ...changes } : action)) });
  return (
    <div role="group" aria-label="Buttons">
      <p className={s.groupName}>Buttons</p>
      <p className="muted small">Browsers show two or so; Safari none.</p>
      <Stack gap="sm" mt="xs">
        {actions.map(({ title, url }, at) => (
          <div key={at} className={s.action}>
            <TextInput
              aria-label={`Title of button ${at + 1}`}
              placeholder="Open"
              value={title}
              onChange={event => set(at, { title: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Link of button ${at + 1}`}
              placeholder="https://… (as the notification, if empty)"
              value={url}
              onChange={event => set(at, { url: event.currentTarget.value })}
            />
            <Button
              variant="default"
              aria-label={`Remove button ${at + 1}`}
              onClick={() => change({ actions: actions.filter((_, index) => index !== at) })}
            >
              Remove
            </Button>
          </div>
        ))}
        {error && (
          <p className={s.error} role="alert">
            {error}
          </p>
        )}
        {actions.length < MAX_ACTIONS && (
          <Group>
            <Button
              size="xs"
              variant="default"
              onClick={() => change({ actions: [...actions, { title: "", url: "" }] })}
            >
              Add a button
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
}
