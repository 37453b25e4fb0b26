import { Button, Checkbox, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Service, ServiceChange } from "../../api/contract";
import type { ServiceScope } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache } from "../../app/useData";
import { organizationPaths } from "../../api/paths";
import { Mono } from "../../parts/Copy";
import { Failed, Notice } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { originProblem, readLines } from "./rules";
import s from "./Settings.module.css";

export interface CardProps {
  readonly scope: ServiceScope;
  readonly service: Service;
}

/** Who the service is, and where it is used. */
export function GeneralCard({ scope, service }: CardProps) {
  const [fields, setFields] = useState(() => fieldsOf(service));
  const change = (changes: Partial<typeof fields>) => setFields(before => ({ ...before, ...changes }));
  const save = useAction(async () => {
    const wrong = readLines(fields.origins).map(originProblem).find(Boolean);
    if (wrong) throw new Error(wrong);
    setFields(fieldsOf(await api.patch<Service>(scope.paths.root, changeOf(fields))));
    say("The settings are saved.");
    await cache.refresh(organizationPaths(scope.organization).services);
  });
  const text = (name: "name" | "contact" | "icon") => ({
    value: fields[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
  });

  return (
    <Card title="General">
      <form
        onSubmit={event => {
          event.preventDefault();
          void save.run();
        }}
      >
        <fieldset className={s.plain} disabled={!scope.may("admin")}>
          <Stack gap="md">
            {service.has_placeholder_contact && (
              <Notice tone="warn" title="The contact is a placeholder.">
                Apple refuses it, so iPhones and Macs are not reached.
              </Notice>
            )}
            <div className={s.pair}>
              <TextInput
                label="Name"
                description="On the hosted page and in the installed app."
                maxLength={100}
                required
                withAsterisk={false}
                {...text("name")}
              />
              <TextInput
                label="Contact email"
                description="For push services, when something is wrong."
                type="email"
                required
                withAsterisk={false}
                {...text("contact")}
              />
            </div>
            <TextInput
              label="Icon"
              description="Address of a square picture, 512 × 512 pixels; ours if empty."
              inputMode="url"
              {...text("icon")}
            />
            <Textarea
              label="Allowed origins"
              description="The web sites that may register browsers, one on each line."
              placeholder="https://www.example.com"
              autosize
              minRows={2}
              maxRows={12}
              spellCheck={false}
              value={fields.origins}
              onChange={event => change({ origins: event.currentTarget.value })}
            />
            <Group gap="xl">
              <Colour label="Theme colour" value={fields.theme} onChange={theme => change({ theme })} />
              <Colour
                label="Background colour"
                value={fields.background}
                onChange={background => change({ background })}
              />
            </Group>
            <Checkbox
              label="Count clicks on links"
              description="Links of notifications lead over this server, which counts the click and goes on."
              checked={fields.clickLinks}
              onChange={event => change({ clickLinks: event.currentTarget.checked })}
            />
            <p className="muted small">
              Identifier <Mono>{service.identifier}</Mono>, service <Mono>{service.service_id}</Mono>
            </p>
            <Failed error={save.error} />
            {scope.may("admin") && (
              <Group>
                <Button type="submit" loading={save.busy}>
                  Save
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Card>
  );
}

function Colour({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className={s.colour}>
      {label}
      <input type="color" value={value} onChange={event => onChange(event.currentTarget.value)} />
    </label>
  );
}

function fieldsOf(service: Service) {
  return {
    name: service.name,
    contact: service.contact_email,
    icon: service.icon ?? "",
    origins: service.allowed_origins.join("\n"),
    theme: service.theme_color.toLowerCase(),
    background: service.background_color.toLowerCase(),
    clickLinks: service.click_links,
  };
}

function changeOf(fields: ReturnType<typeof fieldsOf>): ServiceChange {
  return {
    name: fields.name.trim(),
    contact_email: fields.contact.trim(),
    icon: fields.icon.trim() || null,
    allowed_origins: readLines(fields.origins),
    theme_color: fields.theme,
    background_color: fields.background,
    click_links: fields.clickLinks,
  };
}
