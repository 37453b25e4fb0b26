using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Hosting;

/// <summary>What the query strings of the lists of clients say.</summary>
internal static class ClientFilter
{
    private const int MaxReason = 255;

    /// <summary>Which clients are listed: <c>status</c>, <c>user_email</c>, <c>limit</c>, <c>offset</c>, <c>after</c>.</summary>
    public static Result<RegistrationFilter> Of(IQueryCollection query)
    {
        RegistrationStatus? status = null;
        if (query["status"].ToString() is { Length: > 0 } statusText && (status = StatusNames.Find<RegistrationStatus>(statusText)) is null)
        {
            return new Failure.InvalidRequest($"status must be one of {StatusNames.All<RegistrationStatus>()}.");
        }

        string? email = null;
        if (query["user_email"].ToString() is { Length: > 0 } emailText && (email = SubscriberEmails.Normalize(emailText)) is null)
        {
            return new Failure.InvalidRequest("user_email is not an email address.");
        }

        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return badLimit;
        }

        if (!Paging.TryNumber(query["offset"], 0, 0, int.MaxValue, out var offset))
        {
            return new Failure.InvalidRequest("offset must be a whole number, 0 or more.");
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryRegistration(cursor, out var id))
            {
                return new Failure.InvalidRequest("after must be the registration_id of the last client of the page before.");
            }

            after = id;
        }

        return new RegistrationFilter
        {
            Status = status,
            Email = email,
            Limit = limit,
            Offset = offset,
            After = after,
        };
    }

    /// <summary>The same, and <c>user_id</c> and <c>search</c>.</summary>
    public static Result<RegistrationFilter> WithSearch(IQueryCollection query)
    {
        if (!Of(query).TryGet(out var filter, out var bad))
        {
            return bad;
        }

        var (userId, search) = (query["user_id"].ToString(), query["search"].ToString().Trim());
        if (userId.Contains('\0', StringComparison.Ordinal) || search.Contains('\0', StringComparison.Ordinal))
        {
            return new Failure.InvalidRequest("user_id and search must not hold a null character, which is in no text that could be stored.");
        }

        return filter with { UserId = userId.Length == 0 ? null : userId, Search = search.Length == 0 ? null : search };
    }

    /// <summary>Why a client is deregistered: whole characters, and none that a database would not take.</summary>
    public static string ReasonOf(IQueryCollection query)
    {
        var reason = string.Concat(query["reason"].ToString().EnumerateRunes().Where(rune => rune.Value != 0).Take(MaxReason));
        return reason.Length == 0 ? "deregistered" : reason;
    }
}
