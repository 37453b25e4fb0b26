/** What the service worker tells every open page of its origin. */
export interface NotificationMessage {
  type: "pushbell:push" | "pushbell:click";
  /** The send request (`req_…`); absent when the push did not come from Pushbell. */
  id?: string;
  title: string;
  body: string;
  tag: string;
  /** The sender's `data`, exactly as it was sent; `{}` without one. */
  data: Record<string, unknown>;
  /** Where a click leads, as it was sent: relative addresses count from the worker's scope. */
  navigate?: string;
  /** On a click only: the action button pressed; empty for the notification itself. */
  action?: string;
}

/** What a page asks of the worker: to send what the server has not heard yet, because there may be a network again. */
export interface SendMessage {
  type: "pushbell:send";
}
