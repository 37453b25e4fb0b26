import { Button, Group, Stack, Stepper } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Service } from "../../api/contract";
import { go } from "../../app/router";
import { type PageProps, useOrganization } from "../../app/scope";
import { useSession } from "../../app/session";
import { recallDraft, rememberDraft } from "../../app/storage";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { Failed } from "../../parts/Notice";
import { Card, Page } from "../../parts/Page";
import { EMPTY, newServiceOf, stepProblem, type WizardDraft } from "./draft";
import { ContactStep, NameStep, OriginsStep } from "./steps";
import { VapidStep } from "./VapidStep";

const DRAFT = "wizard";
const STEPS = ["Name", "Contact", "Allowed origins", "VAPID keys"];

/** Extensions → Push notifications → Enable. */
export default function WizardPage({ params }: PageProps) {
  const { organization, paths, may, to } = useOrganization(params.organization!);
  const { account } = useSession();
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<WizardDraft>(() => ({
    ...EMPTY,
    contact: account.email,
    ...recallDraft<WizardDraft>(DRAFT),
  }));
  const change = (changes: Partial<WizardDraft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    rememberDraft(DRAFT, { ...next, privateKey: "" });
  };

  const advance = useAction(async () => {
    const problem = stepProblem(step, draft);
    if (problem) throw new Error(problem);
    if (step < STEPS.length - 1) {
      setStep(step + 1);
      return;
    }
    const service = await api.post<Service>(paths.services, newServiceOf(draft));
    rememberDraft(DRAFT, undefined);
    await cache.refresh(paths.root);
    go(`#/${organization}/${service.service_id}/start`, { replace: true });
  });

  if (!may("admin")) {
    return (
      <Page title="Enable push notifications">
        <Failed error="Only an admin or owner of the organization can add a service." />
      </Page>
    );
  }
  const last = step === STEPS.length - 1;
  return (
    <Page
      title="Enable push notifications"
      lead="Four short questions; everything can be changed later."
      back={{ href: to("extensions"), label: "Extensions" }}
    >
      <Stepper active={step} onStepClick={at => at < step && setStep(at)} size="sm" wrap={false}>
        {STEPS.map((name, at) => (
          <Stepper.Step key={name} label={name} allowStepSelect={at < step} />
        ))}
      </Stepper>
      <Card>
        <form
          onSubmit={event => {
            event.preventDefault();
            void advance.run();
          }}
        >
          <Stack gap="lg">
            {step === 0 && <NameStep draft={draft} change={change} />}
            {step === 1 && <ContactStep draft={draft} change={change} />}
            {step === 2 && <OriginsStep draft={draft} change={change} />}
            {step === 3 && <VapidStep draft={draft} change={change} />}
            <Failed error={advance.error} />
            <Group justify="space-between">
              <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
                Back
              </Button>
              <Button type="submit" loading={advance.busy}>
                {last ? "Enable" : "Continue"}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
