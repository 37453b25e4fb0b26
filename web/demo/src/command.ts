/** The shell command that sends a test message to one registration. */
export function sendCommand(origin: string, registrationId: string): string {
  const message = {
    title: "Your table is ready",
    body: "Head to the host stand.",
    data: { reservation: "abc123" },
    target_registration_ids: [registrationId],
  };
  return [
    `curl -X POST ${origin}/v2/push/send \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -H "X-Secret-Key: sk_your_secret_key" \\`,
    `  -d '${JSON.stringify(message, undefined, 2).replaceAll("\n", "\n  ")}'`,
  ].join("\n");
}
