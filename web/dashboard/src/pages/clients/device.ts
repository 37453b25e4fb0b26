import type { Client } from "../../api/contract";

/** `Chrome 126 on Android`, as far as it is known. */
export function deviceOf({ device_info }: Pick<Client, "device_info">): string {
  const { browser_name, browser_version, os_name } = device_info;
  const browser = [browser_name, browser_version?.split(".")[0]].filter(Boolean).join(" ");
  return [browser, os_name].filter(Boolean).join(" on ") || "Unknown device";
}

/** A client that is reached no more is not there, however recently its page was open. */
export function isActiveNow({ status, is_online }: Pick<Client, "status" | "is_online">): boolean {
  return status === "active" && is_online;
}
