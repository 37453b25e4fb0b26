import { Button, Stack } from "@mantine/core";
import { type PageProps, useService } from "../../app/scope";
import { useData } from "../../app/useData";
import { Snippet } from "../../parts/Copy";
import { Loaded } from "../../parts/Loaded";
import { Notice } from "../../parts/Notice";
import { Card, Columns, Page } from "../../parts/Page";
import { QrCode } from "../../parts/QrCode";
import { pageSnippet, sendSnippet, usePublishableKey, workerSnippet } from "./snippet";
import { ThisBrowser } from "./ThisBrowser";
import s from "./StartPage.module.css";

/** Where the wizard ends, and where one comes back to: how a site, a phone and this browser are joined to the service. */
export default function StartPage({ params }: PageProps) {
  const scope = useService(params);
  const service = useData(scope.paths.root);
  const publishable = usePublishableKey(service.data?.identifier);
  const root = location.origin;
  return (
    <Loaded of={service} lines={8}>
      {data => (
        <Page
          title={`${data.name} is ready`}
          lead="Try it out here first, then add it to your site."
          actions={
            <Button component="a" href={scope.to("overview")} variant="default">
              To the overview
            </Button>
          }
        >
          {data.has_placeholder_contact && (
            <Notice tone="warn" title="Name a contact before you send to iPhones.">
              Apple refuses placeholders. <a href={scope.to("settings")}>Change the contact</a>
            </Notice>
          )}
          <Columns>
            <ThisBrowser scope={scope} vapidKey={data.vapid_public_key} />
            <Card
              title="On your phone"
              lead="The hosted page of this service can be installed, and works on iPhones too."
            >
              <div className={s.phone}>
                <QrCode text={data.pwa_url} label={`QR code of ${data.pwa_url}`} />
                <Stack gap="xs">
                  <p>Scan it with the camera, or open</p>
                  <a className={s.address} href={data.pwa_url} target="_blank" rel="noopener">
                    {data.pwa_url}
                  </a>
                </Stack>
              </div>
            </Card>
          </Columns>
          <Card
            title="In your site"
            lead="A button that turns notifications on, and a service worker at the root of the site."
          >
            <Stack gap="md">
              {data.allowed_origins.length === 0 && (
                <Notice tone="info">
                  Your site&rsquo;s origin must be allowed first.{" "}
                  <a href={scope.to("settings")}>Add it in the settings</a>
                </Notice>
              )}
              <Snippet text={pageSnippet(root, publishable)} what="page" />
              <p>
                And <code>/pushbell-sw.js</code>:
              </p>
              <Snippet text={workerSnippet(root)} what="service worker" />
            </Stack>
          </Card>
          <Card
            title="From your backend"
            lead="With a secret key of this service."
            actions={
              <Button component="a" href={scope.to("settings/keys")} variant="default" size="xs">
                API keys
              </Button>
            }
          >
            <Snippet text={sendSnippet(root)} what="curl command" />
          </Card>
        </Page>
      )}
    </Loaded>
  );
}
