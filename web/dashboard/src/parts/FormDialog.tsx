import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Action } from "../app/useAction";
import { Failed } from "./Notice";

interface FormDialogProps {
  readonly title: string;
  readonly size?: "md" | "lg";
  /** What the form does; its sentence stands above the buttons when it fails. */
  readonly action: Action<[]>;
  /** What the button says: what will happen. */
  readonly submit: string;
  readonly cancel?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks for something over the page. It stays open when that fails, so that nothing has to be typed again. */
export function FormDialog({
  title,
  size = "md",
  action,
  submit,
  cancel = "Cancel",
  danger = false,
  disabled = false,
  onClose,
  children,
}: FormDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={size} centered>
      <form
        onSubmit={event => {
          event.preventDefault();
          void action.run();
        }}
      >
        <Stack gap="md">
          {children}
          <Failed error={action.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <Button type="submit" {...(danger ? { color: "red" } : {})} loading={action.busy} disabled={disabled}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
