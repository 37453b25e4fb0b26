import type { IdentityFields } from "../shared/api";
import type { StoredRegistration } from "../shared/registration";
import type { Identity } from "./options";

/** What makes a registration this person's; a part left out is taken off. */
export function identityFields(identity: Identity): IdentityFields {
  const { email = "", userId = "", token } = identity;
  return isProofAlone(identity)
    ? { identity_token: token }
    : { user_email: email, user_id: userId, identity_token: token };
}

/** Whether the server knows it so already. */
export function isIdentityOf({ userEmail, userId }: StoredRegistration, identity: Identity): boolean {
  return identity.email === userEmail && identity.userId === userId && !isProofAlone(identity);
}

/** A token says by itself whom it proves; what the page does not name beside it is then not to be taken off. */
function isProofAlone({ email, userId, token }: Identity): boolean {
  return token !== undefined && !email && !userId;
}
