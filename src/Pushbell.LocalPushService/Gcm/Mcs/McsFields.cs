namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>Field numbers of the messages inside the frames, as far as they are used.</summary>
internal static class McsFields
{
    internal static class Login
    {
        /// <summary>Of the request and of the answer, which repeats it.</summary>
        public const int Id = 1;

        /// <summary>The Android id, in decimal.</summary>
        public const int User = 3;

        public const int StreamId = 5;
        public const int ServerTime = 8;
        public const int ReceivedMessageIds = 10;
    }

    internal static class Heartbeat
    {
        public const int LastFrameReceived = 2;
    }

    internal static class Iq
    {
        public const int Extension = 7;
        public const int LastFrameReceived = 10;

        public const int ExtensionId = 1;
        public const int ExtensionData = 2;

        /// <summary>The extension whose data lists message ids.</summary>
        public const int SelectiveAcknowledgement = 12;

        public const int AcknowledgedIds = 1;
    }

    internal static class Data
    {
        public const int Id = 2;
        public const int From = 3;
        public const int Category = 5;
        public const int Property = 7;
        public const int PersistentId = 9;
        public const int Ttl = 17;
        public const int SentMilliseconds = 18;
        public const int Body = 21;
        public const int AcknowledgeAtOnce = 24;

        public const int PropertyName = 1;
        public const int PropertyValue = 2;
    }
}
