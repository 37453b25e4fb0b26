namespace Pushbell.Dispatch;

/// <summary>Ids as callers see them: a prefix that names the kind and 13 characters of Crockford's base 32, e.g. <c>reg_03v8k…</c>.</summary>
public static class PublicId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 13;

    public static string Organization(long id) => Format("org_", id);

    public static string Service(long id) => Format("svc_", id);

    public static string Registration(long id) => Format("reg_", id);

    public static string Notification(long id) => Format("req_", id);

    public static string Key(long id) => Format("key_", id);

    public static string Movement(long id) => Format("mov_", id);

    public static string Alarm(long id) => Format("alm_", id);

    public static string Account(long id) => Format("acc_", id);

    public static string Session(long id) => Format("ses_", id);

    public static string Invitation(long id) => Format("inv_", id);

    public static string ManagementKey(long id) => Format("mkey_", id);

    public static string AuditEntry(long id) => Format("aud_", id);

    public static bool TryRegistration(string text, out long id) => TryParse("reg_", text, out id);

    public static bool TryNotification(string text, out long id) => TryParse("req_", text, out id);

    public static bool TryOrganization(string text, out long id) => TryParse("org_", text, out id);

    public static bool TryService(string text, out long id) => TryParse("svc_", text, out id);

    public static bool TryKey(string text, out long id) => TryParse("key_", text, out id);

    public static bool TryMovement(string text, out long id) => TryParse("mov_", text, out id);

    public static bool TryAlarm(string text, out long id) => TryParse("alm_", text, out id);

    public static bool TryAccount(string text, out long id) => TryParse("acc_", text, out id);

    public static bool TrySession(string text, out long id) => TryParse("ses_", text, out id);

    public static bool TryInvitation(string text, out long id) => TryParse("inv_", text, out id);

    public static bool TryManagementKey(string text, out long id) => TryParse("mkey_", text, out id);

    public static bool TryAuditEntry(string text, out long id) => TryParse("aud_", text, out id);

    private static string Format(string prefix, long id) =>
        string.Create(
            prefix.Length + Length,
            (prefix, id),
            static (span, state) =>
            {
                state.prefix.CopyTo(span);
                var rest = (ulong)state.id;
                for (var at = span.Length - 1; at >= state.prefix.Length; at--, rest >>= 5)
                {
                    span[at] = Alphabet[(int)(rest & 31)];
                }
            }
        );

    private static bool TryParse(string prefix, string text, out long id)
    {
        id = 0;
        if (text.Length != prefix.Length + Length || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var character in text.AsSpan(prefix.Length))
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || id >> 58 != 0)
            {
                return false;
            }

            id = (id << 5) | (long)digit;
        }

        return true;
    }
}
