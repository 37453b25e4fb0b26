export { PushbellError } from "../shared/error";
export type { NotificationMessage } from "../shared/messages";
export type { PushRegistration } from "../shared/registration";
export type { PushbellEvents } from "./events";
export type { Identity, PushbellOptions } from "./options";
export { PushbellPWA } from "./PushbellPWA";
export type { ServiceConfig } from "./service";
