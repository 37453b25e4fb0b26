namespace Pushbell.WebPush;

/// <summary>Carries a refusal out of the connect callback; the client turns it into an outcome.</summary>
internal sealed class EgressRefusedException() : IOException("The host has an address that is not public.");
