export type { NotificationMessage } from "../messages";
export type { ServiceConfig } from "./api";
export { PushbellError } from "./error";
export type { PushbellEvents } from "./events";
export type { Identity, PushbellOptions } from "./options";
export { PushbellPWA } from "./PushbellPWA";
export type { PushRegistration } from "./registration";
