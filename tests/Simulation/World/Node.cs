using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;
using Pushbell.WebPush;

namespace Pushbell.Simulation.World;

/// <summary>One process of the product, put together as in the server, its workers running.</summary>
internal sealed class Node(SimulatedProcess process, ServiceProvider services, CancellationTokenSource stopping)
{
    private bool wasToldToStop;

    public SimulatedProcess Process => process;

    public SendNotification Send { get; } = services.GetRequiredService<SendNotification>();

    public Idempotency Idempotency { get; } = services.GetRequiredService<Idempotency>();

    public RegisterClient Register { get; } = services.GetRequiredService<RegisterClient>();

    public EndRegistration End { get; } = services.GetRequiredService<EndRegistration>();

    public CancelNotification Cancel { get; } = services.GetRequiredService<CancelNotification>();

    public CancellationToken Stopping => stopping.Token;

    /// <summary>Whether it takes requests.</summary>
    public bool IsUp => process.State != ProcessState.Dead && !wasToldToStop;

    public static async Task<Node> StartAsync(SimulatedProcess process, NodeParts parts)
    {
        var clock = new SimulatedClock(parts.Scheduler, process);
        var database = await Database.OpenAsync(new SimulatedDialect(parts.Store, process), clock, CancellationToken.None);
        var push = new PushClientOptions { TrustedOrigins = parts.Network.Origins.Keys.ToHashSet(StringComparer.Ordinal) };
        var dispatch = new DispatchParts(database, parts.Template.Master, parts.Delivery, push, parts.Dice.Fork);
        return new Node(
            process,
            new ServiceCollection()
                .AddSingleton<TimeProvider>(clock)
                .AddSingleton(parts.Violations)
                .AddSingleton(typeof(ILogger<>), typeof(ErrorLog<>))
                .AddDispatch(dispatch)
                // Registered last, it takes the place of the one that reaches the real network.
                .AddSingleton(
                    new PushClient(
                        push,
                        clock,
                        (_, _) => new SimulatedPushHandler(parts.Network, parts.Scheduler, process, parts.Trace, parts.Violations)
                    )
                )
                .BuildServiceProvider(),
            new CancellationTokenSource()
        );
    }

    /// <summary>Ends when the node was told to stop and has finished what it had in hand.</summary>
    public Task WorkAsync() =>
        Task.WhenAll(
            services.GetRequiredService<Worker>().RunAsync(Stopping),
            services.GetRequiredService<Withdrawals>().RunAsync(Stopping),
            services.GetRequiredService<Sweeper>().RunAsync(Stopping)
        );

    /// <summary>SIGTERM: takes no requests from now on, and ends as soon as it comes to know.</summary>
    public void Stop()
    {
        wasToldToStop = true;
        process.Reach(stopping.Cancel);
    }
}

/// <summary>What every node of a run shares.</summary>
internal sealed record NodeParts(
    Template Template,
    DeliverySettings Delivery,
    Scheduler Scheduler,
    SimulatedStore Store,
    SimulatedNetwork Network,
    Dice Dice,
    Trace Trace,
    Violations Violations
);
