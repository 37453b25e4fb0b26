import { SegmentedControl, Stack, Textarea } from "@mantine/core";
import { counted } from "../../app/words";
import { Card } from "../../parts/Page";
import type { FieldsProps } from "./ContentFields";
import { peopleOf, type TargetKind } from "./draft";

const KINDS: { value: TargetKind; label: string }[] = [
  { value: "all", label: "Everyone" },
  { value: "emails", label: "Emails" },
  { value: "user_ids", label: "User ids" },
  { value: "clients", label: "Clients" },
];

const FIELDS = {
  emails: ["Email addresses", "ann@example.com", "Every active client of each person is reached."],
  user_ids: ["User ids", "user-4711", "Your own ids, as your site has given them, one on each line."],
  clients: ["Clients", "reg_…", "Single browsers, by their id in the list of clients."],
} as const;

/** Whom it goes to. */
export function TargetFields({ draft, wrong, change }: FieldsProps) {
  const kind = draft.target;
  const people = kind === "all" ? 0 : peopleOf(draft).length;
  return (
    <Card title="Recipients">
      <Stack gap="md">
        <SegmentedControl
          aria-label="Recipients"
          fullWidth
          data={KINDS}
          value={kind}
          onChange={value => change({ target: value as TargetKind })}
        />
        {kind === "all" ? (
          <p className="muted">Every active client of this service.</p>
        ) : (
          <Textarea
            label={FIELDS[kind][0]}
            description={FIELDS[kind][2]}
            placeholder={FIELDS[kind][1]}
            autosize
            minRows={3}
            maxRows={10}
            spellCheck={false}
            value={draft.people}
            error={wrong.people}
            onChange={event => change({ people: event.currentTarget.value })}
          />
        )}
        {people > 0 && <p className="muted small">{counted(people, "entry", "entries")}</p>}
      </Stack>
    </Card>
  );
}
