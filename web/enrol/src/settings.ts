/** What a service says of itself in `/pwa/{service}/settings.json`. */
export interface Settings {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly serviceUrl: string;
  readonly publishableKey: string;
  readonly name: string;
  /** Address of the service's own icon, or of one that the server draws. */
  readonly icon: string | undefined;
  readonly colors: { readonly theme: string | undefined; readonly background: string | undefined };
  /** `required`: nobody is named without a proof from the service's own site. */
  readonly identity: "off" | "optional" | "required";
}

/** `missing`: there is no such service, or it is switched off. `unreachable`: nobody could be asked. */
export type SettingsAnswer = { kind: "found"; settings: Settings } | { kind: "missing" } | { kind: "unreachable" };

const TIMEOUT_MS = 15_000;

/** The folder of the service that an address belongs to, `/pwa/{service}/`; `undefined` for any other address. */
export function serviceFolder(path: string): string | undefined {
  return /^\/pwa\/[^/]+(?=\/|$)/.exec(path)?.[0].concat("/");
}

export async function fetchSettings(folder: string): Promise<SettingsAnswer> {
  const patience = new AbortController(); // Not AbortSignal.timeout: the page must say its piece on iOS 15 too.
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`${folder}settings.json`, { signal: patience.signal });
    return readSettings(response.status, await response.json().catch(() => undefined));
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

export function readSettings(status: number, json: Record<string, unknown> | undefined): SettingsAnswer {
  if (status === 403 || status === 404 || status === 410) return { kind: "missing" };
  if (status !== 200 || !json) return { kind: "unreachable" };
  const colors = (json.colors ?? {}) as Record<string, unknown>;
  return {
    kind: "found",
    settings: {
      organizationId: String(json.organization_id),
      serviceId: String(json.service_id),
      serviceUrl: String(json.service_url),
      publishableKey: String(json.publishable_key),
      name: String(json.name),
      icon: text(json.icon),
      colors: { theme: text(colors.theme), background: text(colors.background) },
      identity: json.identity === "required" || json.identity === "optional" ? json.identity : "off",
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
