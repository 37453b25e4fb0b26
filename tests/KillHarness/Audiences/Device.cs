using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.KillHarness.Audiences;

/// <summary>A registered browser that is not there: its subscription, and what its push service was told to answer for it.</summary>
/// <param name="subscription">Keeps every copy that comes.</param>
/// <param name="email">Whose it is.</param>
/// <param name="isMoody">Its push service fails now and then.</param>
internal sealed class Device(VirtualSubscription subscription, string email, bool isMoody)
{
    public VirtualSubscription Subscription => subscription;

    public string Email => email;

    /// <summary><c>reg_…</c>, once it is registered.</summary>
    public string RegistrationId { get; set; } = "";

    /// <summary>Its push service fails now and then, so that its messages may have to wait beyond their TTL.</summary>
    public bool IsMoody => isMoody;

    /// <summary>Its push service has begun to answer 410.</summary>
    public bool WasRemoved { get; private set; }

    /// <summary>Its push service has refused a message, or will.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>So many messages were taken, or will be, without the sender learning of it: the ambiguous attempts.</summary>
    public int LostAnswers { get; private set; }

    public void Remove()
    {
        WasRemoved = true;
        subscription.Remove();
    }

    public void Play(params ScriptedAnswer[] answers)
    {
        WasRefused |= answers.Any(answer => answer.Status is >= 400 and < 429);
        LostAnswers += answers.Count(answer => answer is { Fault: Fault.HangInBody } or { Fault: Fault.Reset, Deliver: true });
        subscription.Script(answers);
    }
}
