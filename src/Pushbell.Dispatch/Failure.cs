using System.Diagnostics.CodeAnalysis;

namespace Pushbell.Dispatch;

/// <summary>The closed set of refusals. Each API maps it once, at its edge; the sentence is for the caller to read.</summary>
public abstract record Failure(string Sentence)
{
    public sealed record InvalidRequest(string Sentence) : Failure(Sentence);

    public sealed record Unauthorized(string Sentence) : Failure(Sentence);

    public sealed record Forbidden(string Sentence) : Failure(Sentence);

    public sealed record NotFound(string Sentence) : Failure(Sentence);

    /// <summary>What is there already, or still in use, stands in the way.</summary>
    public sealed record Conflict(string Sentence) : Failure(Sentence);

    public sealed record QuotaExceeded(string Sentence, TimeSpan RetryAfter) : Failure(Sentence);

    /// <summary>An idempotency key was used before with another body.</summary>
    public sealed record KeyReused(string Sentence) : Failure(Sentence);

    /// <summary>The same request is still under way.</summary>
    public sealed record InFlight(string Sentence, TimeSpan RetryAfter) : Failure(Sentence);

    public sealed record InsufficientCredits(string Sentence) : Failure(Sentence);
}

/// <summary>A value, or the reason why there is none.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    public T? Value { get; }

    public Failure? Failure { get; }

    [SuppressMessage("Usage", "CA2225", Justification = "The conversion is the constructor.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225", Justification = "The conversion is the constructor.")]
    public static implicit operator Result<T>(Failure failure) => new(default, failure);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        value = Value;
        failure = Failure;
        return failure is null;
    }
}
