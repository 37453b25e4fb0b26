import type { Client } from "../../api/contract";

/** `Chrome 126 on Android`, as far as it is known. */
export function deviceOf({ device_info }: Pick<Client, "device_info">): string {
  const { browser_name, browser_version, os_name } = device_info;
  const browser = [browser_name, browser_version?.split(".")[0]].filter(Boolean).join(" ");
  return [browser, os_name].filter(Boolean).join(" on ") || "Unknown device";
}
