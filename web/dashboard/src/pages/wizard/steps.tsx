import { Textarea, TextInput } from "@mantine/core";
import { identifierOf, type WizardDraft } from "./draft";

export interface StepProps {
  readonly draft: WizardDraft;
  readonly change: (changes: Partial<WizardDraft>) => void;
}

export function NameStep({ draft, change }: StepProps) {
  const follows = draft.identifier === "" || draft.identifier === identifierOf(draft.name);
  return (
    <>
      <TextInput
        label="Name"
        description="People see it on the hosted page and in the installed app."
        placeholder="My application"
        required
        withAsterisk={false}
        maxLength={100}
        autoFocus
        value={draft.name}
        onChange={event => {
          const name = event.currentTarget.value;
          change({ name, ...(follows && { identifier: identifierOf(name) }) });
        }}
      />
      <TextInput
        label="Identifier"
        description={`Part of the address of the hosted page: ${location.origin}/pwa/${draft.identifier || "my-application"}/`}
        placeholder="my-application"
        required
        withAsterisk={false}
        maxLength={63}
        spellCheck={false}
        value={draft.identifier}
        onChange={event => change({ identifier: event.currentTarget.value.trim() })}
      />
    </>
  );
}

export function ContactStep({ draft, change }: StepProps) {
  return (
    <TextInput
      label="Contact email"
      description="Push services write to it when something is wrong with what you send. Apple refuses placeholders."
      type="email"
      required
      withAsterisk={false}
      autoFocus
      value={draft.contact}
      onChange={event => change({ contact: event.currentTarget.value })}
    />
  );
}

export function OriginsStep({ draft, change }: StepProps) {
  return (
    <Textarea
      label="Allowed origins"
      description="The web sites that may register browsers, one on each line. You may leave it empty and begin with the hosted page."
      placeholder={"https://www.example.com\nhttps://app.example.com"}
      autosize
      minRows={3}
      maxRows={10}
      autoFocus
      spellCheck={false}
      value={draft.origins}
      onChange={event => change({ origins: event.currentTarget.value })}
    />
  );
}
