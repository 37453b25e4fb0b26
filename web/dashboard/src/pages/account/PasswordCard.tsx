import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import { mine } from "../../api/paths";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Failed } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { NewPassword, passwordProblem } from "../entrance/NewPassword";

export function PasswordCard({ email }: { email: string }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const change = useAction(async () => {
    const wrong = passwordProblem(password, repeated, email);
    if (wrong) throw new Error(wrong);
    await api.put(mine.password, { current, password });
    for (const clear of [setCurrent, setPassword, setRepeated]) clear("");
    say("The password is changed. Your other sessions have ended.");
    await cache.refresh(mine.sessions);
  });

  return (
    <Card title="Password" lead="Changing it ends your other sessions.">
      <form
        onSubmit={event => {
          event.preventDefault();
          void change.run();
        }}
      >
        <Stack gap="md">
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={event => setCurrent(event.currentTarget.value)}
          />
          <NewPassword password={password} onPassword={setPassword} repeated={repeated} onRepeated={setRepeated} />
          <Failed error={change.error} />
          <Group>
            <Button type="submit" loading={change.busy}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
