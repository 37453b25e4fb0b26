import type { NewService } from "../../api/contract";
import { originProblem, readLines } from "../settings/rules";

/** What the wizard asks, as it stands in its fields. */
export interface WizardDraft {
  name: string;
  identifier: string;
  contact: string;
  origins: string;
  ownKey: boolean;
  privateKey: string;
}

export const EMPTY: WizardDraft = { name: "", identifier: "", contact: "", origins: "", ownKey: false, privateKey: "" };

/** `Café Zürich` becomes `cafe-zurich`: what a service's address may be made of, a DNS label (RFC 1123 §2.1). */
export function identifierOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

/** Why a step cannot be left yet, or nothing. */
export function stepProblem(step: number, draft: WizardDraft): string | undefined {
  if (step === 0) {
    if (!draft.name.trim()) return "Give the service a name.";
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(draft.identifier)) {
      return "The identifier must be lower-case letters, digits and hyphens, at most 63, and begin and end with a letter or digit.";
    }
  }
  if (step === 1 && !/^\S+@\S+\.\S+$/.test(draft.contact.trim()))
    return "Give an email address that push services can write to.";
  if (step === 2) return readLines(draft.origins).map(originProblem).find(Boolean);
  if (step === 3 && draft.ownKey && !draft.privateKey.trim()) return "Paste your private key, or let one be generated.";
  return undefined;
}

export function newServiceOf(draft: WizardDraft): NewService {
  return {
    identifier: draft.identifier,
    name: draft.name.trim(),
    contact_email: draft.contact.trim(),
    allowed_origins: readLines(draft.origins),
    ...(draft.ownKey && { vapid_private_key: draft.privateKey.trim() }),
  };
}
