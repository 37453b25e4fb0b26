import type { Role } from "../api/contract";

const ORDER: readonly Role[] = ["viewer", "sender", "admin", "owner"];

/** Each role includes those before it. */
export function includes(role: Role, least: Role): boolean {
  return ORDER.indexOf(role) >= ORDER.indexOf(least);
}

export const ROLES: readonly { value: Role; label: string; use: string }[] = [
  { value: "viewer", label: "Viewer", use: "Sees everything, changes nothing" },
  { value: "sender", label: "Sender", use: "Sends and cancels notifications" },
  { value: "admin", label: "Admin", use: "Manages services, keys, clients and members" },
  { value: "owner", label: "Owner", use: "Also manages owners and management keys" },
];

export function roleName(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
