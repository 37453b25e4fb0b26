namespace Pushbell.KillHarness.Books;

/// <summary>A promise that was not kept.</summary>
/// <param name="Invariant">Which.</param>
/// <param name="Sentence">What is wrong.</param>
internal sealed record Violation(string Invariant, string Sentence);
