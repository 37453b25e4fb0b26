import { Button, Group, Modal, Stack } from "@mantine/core";
import { ShownOnce } from "./Copy";

/** A key that was just made: it can be copied now, and is never shown again. */
export function KeyDialog({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Your new key" size="lg" centered closeOnClickOutside={false}>
      <Stack gap="md">
        <ShownOnce text={text} what="key" />
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
