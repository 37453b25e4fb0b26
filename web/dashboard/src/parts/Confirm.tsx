import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAction } from "../app/useAction";
import { Failed } from "./Notice";

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says: what will happen. */
  readonly action: string;
  readonly danger?: boolean;
  /** To be typed first, where a slip would cost much. */
  readonly word?: string | undefined;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone; stays open, with the sentence, when it fails. */
export function Confirm({ title, children, action, danger = true, word, onConfirm, onClose }: ConfirmProps) {
  const [typed, setTyped] = useState("");
  const work = useAction(onConfirm);
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form
        onSubmit={event => {
          event.preventDefault();
          void work.run().then(done => done && onClose());
        }}
      >
        <Stack gap="md">
          <div>{children}</div>
          {word && (
            <TextInput
              label={`Type ${word} to go on`}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          <Failed error={work.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Keep as it is
            </Button>
            <Button
              type="submit"
              {...(danger ? { color: "red" } : {})}
              loading={work.busy}
              disabled={word !== undefined && typed.trim() !== word}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
