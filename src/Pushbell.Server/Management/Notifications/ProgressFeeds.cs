using System.Threading.Channels;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Management.Notifications;

/// <summary>
/// Who follows notifications on this process. Whatever the number of followers, one reader asks the database about each notification, so that
/// all of them see the same, whichever node delivers.
/// </summary>
internal sealed class ProgressFeeds(NotificationHistory history, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    // At most four a second while it changes, and each change within a second.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250), Longest = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(long Organization, long Notification), Feed> feeds = [];

    /// <summary>How many notifications are being read.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return feeds.Count;
            }
        }
    }

    /// <summary>Follows a notification from now on; whoever is slow misses what lies between, never the last.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="sent">As it stands now: the first thing that is heard.</param>
    /// <returns>Ends when every delivery has, or this process does; to be disposed by whoever stops listening.</returns>
    public Follower Follow(Caller caller, SentNotification sent)
    {
        var key = (caller.OrganizationId, sent.Notification.Id);
        lock (gate)
        {
            var isRead = feeds.TryGetValue(key, out var known);
            var feed = known ?? (feeds[key] = new Feed(sent));
            var follower = new Follower(this, feed);
            feed.Followers.Add(follower);
            follower.Tell(feed.Last);
            if (!isRead)
            {
                _ = ReadAsync(caller, key, feed);
            }

            return follower;
        }
    }

    private async Task ReadAsync(Caller caller, (long Organization, long Notification) key, Feed feed)
    {
        var (pause, stopping) = (Shortest, lifetime.ApplicationStopping);
        try
        {
            while (!IsOver(feed.Last) && IsFollowed(key, feed))
            {
                await Task.Delay(pause, clock, stopping);
                pause = await LookAsync(caller, feed, stopping) ? Shortest : Min(pause * 2, Longest);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends: what is open closes.
        }
        finally
        {
            Close(key, feed);
        }
    }

    /// <returns>Whether anything has changed.</returns>
    private async Task<bool> LookAsync(Caller caller, Feed feed, CancellationToken stopping)
    {
        SentNotification? now;
        try
        {
            now = await history.ProgressAsync(caller, feed.Last.Notification.Id, stopping);
        }
        catch (StorageOutageException)
        {
            // Away just now; whoever follows waits with us.
            return false;
        }

        lock (gate)
        {
            if (now is null || now.Notification == feed.Last.Notification)
            {
                return false;
            }

            feed.Last = now;
            feed.Followers.ForEach(follower => follower.Tell(now));
            return true;
        }
    }

    private bool IsFollowed((long Organization, long Notification) key, Feed feed)
    {
        lock (gate)
        {
            // In one step with its end: whoever comes now begins a new one.
            return feed.Followers.Count > 0 || !feeds.Remove(key);
        }
    }

    private void Close((long Organization, long Notification) key, Feed feed)
    {
        lock (gate)
        {
            if (feeds.GetValueOrDefault(key) == feed)
            {
                feeds.Remove(key);
            }

            feed.Followers.ForEach(follower => follower.End());
        }
    }

    private static bool IsOver(SentNotification sent) => sent.Notification.Pending == 0;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>One notification that is being read.</summary>
    internal sealed class Feed(SentNotification first)
    {
        public SentNotification Last { get; set; } = first;

        public List<Follower> Followers { get; } = [];
    }

    /// <summary>One who listens.</summary>
    internal sealed class Follower(ProgressFeeds owner, Feed feed) : IDisposable
    {
        private readonly Channel<SentNotification> news = Channel.CreateBounded<SentNotification>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
        );

        public ChannelReader<SentNotification> News => news.Reader;

        public void Dispose()
        {
            lock (owner.gate)
            {
                feed.Followers.Remove(this);
            }
        }

        internal void Tell(SentNotification now) => news.Writer.TryWrite(now);

        internal void End() => news.Writer.TryComplete();
    }
}
