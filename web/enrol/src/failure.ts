import type { Texts } from "./texts";

export type FailureText = keyof Texts["failed"];

/** The SDK's and the server's codes, as far as the visitor can do something about them. */
const BY_CODE: Record<string, FailureText> = {
  PERMISSION_DISMISSED: "dismissed",
  NETWORK_ERROR: "network",
  SUBSCRIBE_FAILED: "subscribe",
  INVALID_REQUEST: "email",
  FORBIDDEN: "refused",
  RATE_LIMITED: "tooMany",
};

/** Which sentence says what went wrong, in the visitor's language. */
export function failureText(error: unknown): FailureText {
  const { code = "", status } = error as { code?: string; status?: number };
  if (status === 429) return "tooMany";
  return BY_CODE[code] ?? "unexpected";
}
