/** Why deliveries end as they do, or still wait: for people, with what they can do. */
const WORDS: Record<string, string> = {
  unknown_subscription:
    "The browser is not subscribed any more: notifications were turned off, or its data was cleared. It returns when the person subscribes again.",
  quarantined: "The push service calls too many subscriptions gone at once, which is not believed yet. See the alarms.",
  bad_request: "The push service calls the request malformed. Ask whoever runs this server to look at its log.",
  too_large: "The push service finds the message too large. Shorten the text or the data.",
  unauthorized: "The push service does not accept our signature. Check the contact email and the server’s clock.",
  key_mismatch: "The browser subscribed with another VAPID key. It moves over when the person next visits your site.",
  host_blocked: "The push service blocks this server as a whole. See the alarms.",
  refused: "The push service refuses the message.",
  bad_keys: "The browser’s own keys cannot be used. It must subscribe again.",
  throttled: "The push service asks to send more slowly. It is tried again by itself.",
  server_error: "The push service had a failure of its own. It is tried again by itself.",
  timeout: "The push service did not answer in time. It is tried again by itself.",
  unreachable: "The push service could not be reached. It is tried again by itself.",
  asked_to_wait: "The push service has asked for a pause that is not over. It is tried again by itself.",
  push_service_down: "The push service answers nobody at present. It is tried again by itself.",
  ttl_ended: "It could not be delivered within the time that was set for it.",
  not_active: "The client was not active any more when its turn came.",
  cancelled_by_request: "The notification was cancelled first.",
};

export function reasonInWords(reason: string): string {
  return WORDS[reason] ?? `${reason.slice(0, 1).toUpperCase()}${reason.slice(1).replaceAll("_", " ")}.`;
}
