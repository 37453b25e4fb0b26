import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Session } from "../../api/contract";
import { ApiError } from "../../api/error";
import { useAction } from "../../app/useAction";
import { Failed } from "../../parts/Notice";

interface SignInFormProps {
  /** Of whoever has been here before: only they may go on. */
  readonly email?: string | undefined;
  readonly onEntered: (session: Session) => void;
}

/** Email and password, and then the code, where the account has been given one more lock. */
export function SignInForm({ email: known, onEntered }: SignInFormProps) {
  const [email, setEmail] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksForCode, setAsksForCode] = useState(false);

  const enter = useAction(async () => {
    try {
      onEntered(
        await api.enter("/session", { email: email.trim(), password, ...(asksForCode && { code: code.trim() }) }),
      );
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "TOTP_REQUIRED") throw error;
      setAsksForCode(true);
      if (asksForCode) throw error;
    }
  });

  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void enter.run();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={known !== undefined}
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        {asksForCode && (
          <TextInput
            label="Code"
            description="Six digits from your authenticator app, or one of your recovery codes."
            name="code"
            autoComplete="one-time-code"
            inputMode="text"
            autoFocus
            required
            withAsterisk={false}
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
          />
        )}
        <Failed error={enter.error} />
        <Button type="submit" fullWidth loading={enter.busy}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
