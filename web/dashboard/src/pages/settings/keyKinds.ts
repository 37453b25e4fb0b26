import type { KeyKind } from "../../api/contract";

export const KINDS: readonly { value: KeyKind; label: string; use: string }[] = [
  { value: "secret", label: "Secret", use: "All of /v2/push. For backends only." },
  { value: "restricted", label: "Restricted", use: "/v2/push within its scopes. For backends only." },
  { value: "api", label: "API", use: "All of /v1. For backends only." },
  { value: "publishable", label: "Publishable", use: "Registers browsers from allowed origins. Safe in web pages." },
];

export const KIND_NAMES = Object.fromEntries(KINDS.map(({ value, label }) => [value, label])) as Record<
  KeyKind,
  string
>;

export const SCOPES: readonly { value: string; label: string }[] = [
  { value: "send", label: "Send notifications" },
  { value: "read", label: "Read what became of them" },
  { value: "clients", label: "Read and deregister clients" },
];
