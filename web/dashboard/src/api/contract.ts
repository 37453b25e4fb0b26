/* The shapes that the management API speaks in. */
export type Role = "viewer" | "sender" | "admin" | "owner";

// ---- signing in --------------------------------------------------------------------------------
export interface SignInBody {
  email: string;
  password: string;
  code?: string /* 6 digits or a recovery code */;
}
export interface Session {
  account: { account_id: string /* acc_ */; email: string; is_operator: boolean; has_totp: boolean };
  organizations: { organization_id: string; name: string; role: Role }[]; // of an operator: all, role "owner" where he is no member
  csrf_token: string;
  version: string; // of the product
}
export interface SessionInfo {
  session_id: string;
  created_at: string;
  last_seen_at: string;
  address: string;
  user_agent: string;
  is_current: boolean;
}
export interface Sessions {
  sessions: SessionInfo[];
}
export interface LinkInfo {
  kind: "first" | "reset" | "invitation";
  email: string;
  organization_name: string | null;
  role: Role | null;
  needs: "new_password" | "password";
  expires_at: string;
}

// ---- organizations, members, management keys, audit ----------------------------------------------
export interface Organization {
  organization_id: string;
  name: string;
  plan: PlanInfo;
  credits: CreditTotals;
  created_at: string;
  services: number;
  active_clients: number;
}
export interface PlanInfo {
  name: "starter" | "professional" | "scale" | "unlimited" | "custom";
  hourly: number | null;
  daily: number | null;
}
export interface Member {
  account_id: string;
  email: string;
  role: Role;
  has_totp: boolean;
  has_signed_in: boolean;
  created_at: string;
  last_seen_at: string | null;
}
export interface Invitation {
  invitation_id: string;
  email: string;
  role: Role;
  created_at: string;
  expires_at: string;
}
export interface ManagementKey {
  key_id: string;
  name: string;
  role: Role;
  hint: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
export interface AuditEntry {
  entry_id: string;
  at: string;
  actor: string /* an email, "key …hint" or "command line" */;
  action: string /* "key.create" */;
  subject: string | null /* id or name of what was changed */;
  detail: string | null /* never a secret */;
  address: string | null;
}

// ---- services: Extensions → Push notifications --------------------------------------------------
export interface Service {
  service_id: string;
  identifier: string;
  name: string;
  contact_email: string;
  has_placeholder_contact: boolean;
  icon: string | null;
  is_active: boolean;
  notifications_enabled: boolean;
  allowed_origins: string[];
  theme_color: string;
  background_color: string;
  click_links: boolean;
  identity_mode: "off" | "optional" | "required";
  has_identity_key: boolean; // names as `pushbell service` has them; look there
  vapid_public_key: string;
  active_clients: number;
  pwa_url: string; // absolute
  created_at: string;
}
export interface NewService {
  identifier: string;
  name?: string;
  contact_email?: string;
  allowed_origins?: string[];
  vapid_private_key?: string;
  icon?: string;
}
export interface ServiceChange {
  name?: string;
  contact_email?: string;
  icon?: string | null;
  is_active?: boolean;
  notifications_enabled?: boolean;
  allowed_origins?: string[];
  theme_color?: string;
  background_color?: string;
  click_links?: boolean;
  identity_mode?: string;
}
export interface VapidPair {
  public_key: string;
  is_current: boolean;
  is_retired: boolean;
  active_registrations: number;
  created_at: string;
}
export type KeyKind = "secret" | "api" | "publishable" | "restricted";
export interface Key {
  key_id: string;
  kind: KeyKind;
  name: string;
  scopes: string[];
  is_service_to_service: boolean;
  hint: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
export interface NewKey {
  kind: KeyKind;
  name: string;
  scopes?: string[];
  is_service_to_service?: boolean;
}

// ---- overview, credits, alarms --------------------------------------------------------------------
export interface Overview {
  from: string;
  bucket_seconds: number; // 3600 for day, 21600 for week, 86400 for month
  buckets: {
    at: string;
    requests: number;
    targets: number;
    accepted: number;
    failed: number;
    shown: number;
    clicked: number;
  }[]; // every bucket of the range, zeros included; by the notification's start
  totals: { requests: number; targets: number; accepted: number; failed: number; shown: number; clicked: number };
  clients: { active: number; new_in_range: number; ended_in_range: number };
  quota: { hourly: QuotaGauge; daily: QuotaGauge };
  credits: CreditTotals;
  open_alarms: number;
  running: number; // notifications with pending deliveries
}
export interface QuotaGauge {
  limit: number | null;
  used: number;
  resets_at: string;
}
export interface CreditTotals {
  available: number | null /* null: not metered */;
  held: number;
  spent: number;
  topped_up: number;
}
export interface CreditMovement {
  at: string;
  kind: "top-up" | "hold" | "spend" | "return";
  amount: number;
  available_after: number;
  held_after: number;
  request_id: string | null;
  note: string | null;
}
export interface Alarm {
  alarm_id: string;
  kind: string;
  origin: string;
  sentence: string;
  raised_at: string;
  resolved_at: string | null;
}

// ---- notifications ----------------------------------------------------------------------------------
export interface SendBody {
  // the fields of /v2's send: title, body, icon, badge, image, tag, data, urgency, ttl, url, actions, topic, require_interaction, silent, renotify, badge_count, send_at, dry_run, and exactly one of the four targets
  title: string;
  body: string;
  target_all?: boolean;
  target_user_emails?: string[];
  target_user_ids?: string[];
  target_registration_ids?: string[];
  dry_run?: boolean;
  send_at?: string;
  [field: string]: unknown;
}
export interface DryRun {
  total_targets: number;
  invalid_registrations: string[];
  payload_bytes: number;
  payload_limit: number;
  credits_needed: number | null;
}
export interface NotificationSummary {
  request_id: string;
  title: string;
  body: string;
  status: "queued" | "scheduled" | "processing" | "completed" | "cancelled";
  total_targets: number;
  successful_sends: number;
  failed_sends: number;
  pending: number;
  outcomes: { accepted: number; gone: number; rejected: number; expired: number; cancelled: number };
  receipts: { shown: number; clicked: number; dismissed: number; link_clicks: number };
  created_at: string;
  send_at: string | null;
  completed_at: string | null;
}
export interface Notification extends NotificationSummary {
  withdrawn: number;
  invalid_registrations: string[];
  ttl: number;
  urgency: string;
  topic: string | null;
  content: Record<string, unknown>; /* what can be put into SendBody again, target aside */
}
export interface Delivery {
  registration_id: string;
  user_email: string | null;
  device: string | null /* "Chrome on Android" */;
  push_service: string | null /* host */;
  outcome: "pending" | "accepted" | "gone" | "rejected" | "expired" | "cancelled";
  reason: string | null /* code */;
  reason_text: string | null /* in plain words, what to do */;
  shown: boolean;
  clicked: boolean;
  dismissed: boolean;
}

// ---- clients ------------------------------------------------------------------------------------------
export interface Client {
  registration_id: string;
  status: "active" | "inactive" | "expired" | "unregistered";
  status_reason: string | null;
  is_online: boolean;
  is_installed: boolean;
  user_email: string | null;
  user_id: string | null;
  last_active: string | null;
  last_notified_at: string | null;
  notification_count: number;
  device_info: Record<string, string | null>;
  push_service: string;
  language: string | null;
  time_zone: string | null;
  vapid_key_is_current: boolean;
  created_at: string;
}
export interface Troubleshooting {
  verdict: string /* one sentence */;
  findings: {
    level: "ok" | "warning" | "problem";
    sentence: string;
    what_to_do: string | null;
    registration_id: string | null;
  }[];
  clients: Client[];
  recent: {
    request_id: string;
    title: string;
    registration_id: string;
    outcome: string;
    reason_text: string | null;
    created_at: string;
    shown: boolean;
  }[];
}
