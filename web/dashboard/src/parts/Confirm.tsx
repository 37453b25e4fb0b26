import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAction } from "../app/useAction";
import { FormDialog } from "./FormDialog";

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
  const work = useAction(() => onConfirm().then(onClose));
  return (
    <FormDialog
      title={title}
      action={work}
      submit={action}
      cancel="Keep as it is"
      danger={danger}
      disabled={word !== undefined && typed.trim() !== word}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
