import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Troubleshooting } from "../../api/contract";
import type { Person } from "../../api/paths";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { useData } from "../../app/useData";
import { Empty } from "../../parts/Empty";
import { Loaded } from "../../parts/Loaded";
import { Card, Page } from "../../parts/Page";
import { Answer } from "./Answer";
import s from "./Troubleshooting.module.css";

const KINDS = [
  { value: "user_email", label: "Email" },
  { value: "user_id", label: "User id" },
  { value: "registration_id", label: "Client id" },
] as const;

type Kind = (typeof KINDS)[number]["value"];

/** Why was this person not reached? */
export default function TroubleshootingPage({ params, query }: PageProps) {
  const scope = useService(params);
  const kind: Kind = KINDS.find(({ value }) => query.has(value))?.value ?? "user_email";
  const name = query.get(kind) ?? "";
  const answer = useData<Troubleshooting>(name ? scope.paths.troubleshooting({ [kind]: name } as Person) : undefined);
  return (
    <Page
      title="Why was this person not reached?"
      lead="Answered from what is known of their clients and of what was sent to them."
    >
      <Card>
        <Question scope={scope} kind={kind} name={name} />
      </Card>
      {name ? (
        <Loaded of={answer} lines={6}>
          {data => <Answer scope={scope} answer={data} />}
        </Loaded>
      ) : (
        <Card>
          <Empty icon="help" title="Whom is it about?">
            Give the email address, your own id of the person, or the id of one client.
          </Empty>
        </Card>
      )}
    </Page>
  );
}

function Question({ scope, kind, name }: { scope: ServiceScope; kind: Kind; name: string }) {
  const [by, setBy] = useState(kind);
  const [text, setText] = useState(name);
  useEffect(() => {
    setBy(kind);
    setText(name);
  }, [kind, name]);
  return (
    <form
      className={s.question}
      role="search"
      onSubmit={event => {
        event.preventDefault();
        go(scope.to("troubleshooting", { [by]: text.trim() }));
      }}
    >
      <NativeSelect
        label="By"
        data={[...KINDS]}
        value={by}
        onChange={event => setBy(event.currentTarget.value as Kind)}
      />
      <TextInput
        label={KINDS.find(({ value }) => value === by)!.label}
        placeholder={by === "user_email" ? "ann@example.com" : by === "user_id" ? "user-4711" : "reg_…"}
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <Button type="submit">Find out</Button>
    </form>
  );
}
