import { Stack, Textarea, TextInput } from "@mantine/core";
import { Card } from "../../parts/Page";
import type { Draft } from "./draft";
import { MAX_BODY, MAX_TITLE, type problems, usage } from "./limits";
import s from "./Compose.module.css";

export interface FieldsProps {
  readonly draft: Draft;
  readonly wrong: ReturnType<typeof problems>;
  readonly change: (changes: Partial<Draft>) => void;
}

export function ContentFields({ draft, wrong, change }: FieldsProps) {
  return (
    <Card title="Content">
      <Stack gap="md">
        <TextInput
          label={<Label name="Title" {...usage(draft.title, MAX_TITLE)} />}
          value={draft.title}
          error={wrong.title}
          onChange={event => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={<Label name="Text" {...usage(draft.body, MAX_BODY)} />}
          autosize
          minRows={3}
          maxRows={8}
          value={draft.body}
          error={wrong.body}
          onChange={event => change({ body: event.currentTarget.value })}
        />
        <TextInput
          label="Link"
          description="Where a tap leads."
          placeholder="https://www.example.com/offer"
          inputMode="url"
          value={draft.url}
          error={wrong.url}
          onChange={event => change({ url: event.currentTarget.value })}
        />
      </Stack>
    </Card>
  );
}

/** The name of a field, and how much of its room is used. */
function Label({ name, text, isOver }: { name: string; text: string; isOver: boolean }) {
  return (
    <span className={s.label}>
      {name}
      <span className={s.usage} data-over={isOver || undefined} aria-label={`${text} characters`}>
        {text}
      </span>
    </span>
  );
}
