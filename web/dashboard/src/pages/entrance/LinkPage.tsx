import { Button, PasswordInput, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { LinkInfo } from "../../api/contract";
import { sentenceOf } from "../../api/error";
import { roleName } from "../../app/roles";
import { go, href } from "../../app/router";
import { useSessionState } from "../../app/session";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { moment } from "../../app/words";
import { Lines } from "../../parts/Loaded";
import { Failed } from "../../parts/Notice";
import { Entrance } from "./Entrance";
import { NewPassword, passwordProblem } from "./NewPassword";

/** A link that was given once: the first of an installation, an invitation, a new password. */
export default function LinkPage({ token }: { token: string }) {
  const { enter } = useSessionState();
  const [link, setLink] = useState<LinkInfo>();
  const [problem, setProblem] = useState<string>();
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");

  useEffect(() => {
    api.post<LinkInfo>("/links/look", { token }).then(setLink, error => setProblem(sentenceOf(error)));
  }, [token]);

  const use = useAction(async () => {
    const wrong = link?.needs === "new_password" ? passwordProblem(password, repeated, link.email) : undefined;
    if (wrong) throw new Error(wrong);
    const session = await api.enter("/links/use", { token, password });
    cache.clear();
    enter(session);
    go(href("/"), { replace: true });
  });

  if (problem) {
    return (
      <Entrance title="This link cannot be used">
        <Stack gap="md">
          <Failed error={problem} />
          <Button component="a" href={href("/")} variant="default" fullWidth>
            To the dashboard
          </Button>
        </Stack>
      </Entrance>
    );
  }
  if (!link) {
    return (
      <Entrance title="One moment">
        <Lines count={3} />
      </Entrance>
    );
  }
  return (
    <Entrance title={titleOf(link)} lead={leadOf(link)}>
      <form
        onSubmit={event => {
          event.preventDefault();
          void use.run();
        }}
      >
        <Stack gap="md">
          <input type="email" name="email" autoComplete="username" value={link.email} readOnly hidden />
          {link.needs === "new_password" ? (
            <NewPassword password={password} onPassword={setPassword} repeated={repeated} onRepeated={setRepeated} />
          ) : (
            <PasswordInput
              label="Your password"
              description="You have an account here already."
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
          )}
          <Failed error={use.error} />
          <Button type="submit" fullWidth loading={use.busy}>
            {link.kind === "invitation" ? "Join" : "Save and sign in"}
          </Button>
          <p className="muted small">This link is good once, until {moment(link.expires_at)}.</p>
        </Stack>
      </form>
    </Entrance>
  );
}

function titleOf({ kind, organization_name }: LinkInfo): string {
  if (kind === "first") return "Welcome to Pushbell";
  return kind === "reset" ? "Choose a new password" : `Join ${organization_name ?? "Pushbell"}`;
}

function leadOf({ kind, email, role }: LinkInfo): string {
  if (kind === "first") return `Choose the password of ${email}, the owner of this installation.`;
  if (kind === "reset") return `For ${email}. Everybody who is signed in with this account is signed out.`;
  return `${email} is invited as ${roleName(role ?? "viewer").toLowerCase()}.`;
}
