import { Button, Modal, Stack } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/error";
import { SignInForm } from "../pages/entrance/SignInForm";
import { useSessionState } from "./session";

/** Over whatever is on view when the session has lapsed: what was typed stays, and what was asked is asked again. */
export function SignInAgain() {
  const { session, enter } = useSessionState();
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<{ resolve: () => void; reject: (error: Error) => void }>(undefined);
  const account = session?.account;

  useEffect(() => {
    api.onLapse = account
      ? () =>
          new Promise<void>((resolve, reject) => {
            waiting.current = { resolve, reject };
            setOpen(true);
          })
      : undefined;
    return () => void (api.onLapse = undefined);
  }, [account]);

  const giveUp = () => {
    setOpen(false);
    waiting.current?.reject(
      new ApiError("You are not signed in any more. Nothing has been changed.", 401, "UNAUTHORIZED"),
    );
  };

  return (
    <Modal opened={isOpen && account !== undefined} onClose={giveUp} title="Sign in again" centered>
      <Stack gap="md">
        <p>Your session has ended. What you were doing stays as it is.</p>
        <SignInForm
          email={account?.email}
          onEntered={entered => {
            if (entered.account.account_id !== account?.account_id) {
              location.reload(); // Somebody else: nothing of the page is theirs.
              return;
            }
            enter(entered);
            setOpen(false);
            waiting.current?.resolve();
          }}
        />
        <Button variant="default" onClick={giveUp}>
          Not now
        </Button>
      </Stack>
    </Modal>
  );
}
