import { useEffect, useState } from "react";

const PLACEHOLDER = "pk_your_publishable_key";

/** What a page of the customer's site needs; the same as the server prints on its first start. */
export function pageSnippet(root: string, publishableKey = PLACEHOLDER): string {
  return `<button id="bell">Notify me</button>
<script type="module">
  import { PushbellPWA } from "${root}/sdk/pushbell.js";

  const pushbell = new PushbellPWA({ serviceUrl: "${root}", organizationPublishableKey: "${publishableKey}" });
  await pushbell.initialize();
  document.getElementById("bell").onclick = () => pushbell.registerForPush();
</script>`;
}

export function workerSnippet(root: string): string {
  return `importScripts("${root}/sdk/pushbell-sw.js");`;
}

export function sendSnippet(root: string): string {
  return `curl -X POST ${root}/v2/push/send \\
  -H "Content-Type: application/json" -H "X-Secret-Key: $PUSHBELL_SECRET_KEY" \\
  -d '{"title": "Hello!", "body": "This is your first push notification", "target_all": true}'`;
}

/** The key that the service's hosted page works with: it is for pages, and no secret. */
export function usePublishableKey(identifier: string | undefined): string | undefined {
  const [key, setKey] = useState<string>();
  useEffect(() => {
    if (!identifier) return;
    fetch(`/pwa/${identifier}/settings.json`)
      .then(response => (response.ok ? response.json() : undefined))
      .then((settings: { publishable_key?: string } | undefined) => setKey(settings?.publishable_key))
      .catch(() => undefined); // Then the snippet says where one goes.
  }, [identifier]);
  return key;
}
