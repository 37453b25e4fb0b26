namespace Pushbell.KillHarness.Books;

/// <summary>The names of what is counted as well as checked.</summary>
internal static class Invariants
{
    /// <summary>A message that was promised and never reached its push service, without a reason.</summary>
    public const string Lost = "nothing is lost";

    /// <summary>A delivery that is still pending when all is over.</summary>
    public const string Endless = "everything ends";

    public const string ExtraCopies = "extra copies";
}
