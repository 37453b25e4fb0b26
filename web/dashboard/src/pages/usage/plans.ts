import type { PlanInfo } from "../../api/contract";
import { count } from "../../app/words";

export const PLANS: readonly { value: PlanInfo["name"]; label: string }[] = [
  { value: "starter", label: "Starter" },
  { value: "professional", label: "Professional" },
  { value: "scale", label: "Scale" },
  { value: "unlimited", label: "Unlimited" },
  { value: "custom", label: "Custom" },
];

export function planName(name: PlanInfo["name"]): string {
  return PLANS.find(({ value }) => value === name)?.label ?? name;
}

/** `1,000 an hour, 10,000 a day`. */
export function planLimits({ hourly, daily }: Pick<PlanInfo, "hourly" | "daily">): string {
  if (hourly === null && daily === null) return "None";
  const of = (limit: number | null, window: string) => `${limit === null ? "any number" : count(limit)} ${window}`;
  return `${of(hourly, "an hour")}, ${of(daily, "a day")}`;
}

/** A limit as typed: empty is none; `undefined` is no whole number from 1. */
export function readLimit(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text.replaceAll(",", ""));
  return Number.isSafeInteger(value) && value >= 1 && value <= 2_147_483_647 ? value : undefined;
}
