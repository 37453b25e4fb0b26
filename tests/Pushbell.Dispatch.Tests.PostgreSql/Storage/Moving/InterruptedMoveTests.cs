using Dapper;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

/// <summary>Begun again until it is through: nothing twice, nothing missing.</summary>
public sealed class InterruptedMoveTests : IAsyncLifetime
{
    private House house = null!;

    public async ValueTask InitializeAsync()
    {
        house = await House.CreateAsync();
        await house.Old.AddRegistrationsAsync(20_000);
    }

    public ValueTask DisposeAsync() => house?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_CancelledAtRandomPages_GoesOnWhereItStopped(int seed)
    {
        var random = new Random(seed);
        var over = 0L;
        for (var interruption = 0; interruption < 4; interruption++)
        {
            await house.InterruptAsync(random.Next(1, 7));

            Should.Throw<UnusableDatabaseException>(house.StartOnTargetAsync).Message.ShouldBe(House.Unfinished);
            var now = await RowsOverAsync();
            now.ShouldBeGreaterThan(over);
            over = now;
        }

        var first = 0L;
        await house.MoveAsync(progress => first = first == 0 ? progress.Rows : first);

        first.ShouldBeGreaterThan(0);
        await ShouldBeThroughAsync();
    }

    [Fact]
    public async Task Run_CancelledWhileComparing_ComparesAgain()
    {
        using var cancel = new CancellationTokenSource();
        var checks = 0;

        await Should.ThrowAsync<OperationCanceledException>(() =>
            house.MoveAsync(
                progress =>
                {
                    if (progress.IsCheck && ++checks == 9)
                    {
                        cancel.Cancel();
                    }
                },
                cancellation: cancel.Token
            )
        );

        checks.ShouldBe(9);
        Should.Throw<UnusableDatabaseException>(house.StartOnTargetAsync).Message.ShouldBe(House.Unfinished);
        await house.MoveAsync(progress => progress.IsCheck.ShouldBeTrue("all is over already"));
        await ShouldBeThroughAsync();
    }

    [Fact]
    public async Task Run_ConnectionCutOff_SaysSoAndGoesOn()
    {
        var pages = 0;

        var sentence = await house.RefusalAsync(_ =>
        {
            if (++pages == 12)
            {
                house.ChangeTargetAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                    .GetAwaiter()
                    .GetResult();
            }
        });

        sentence.ShouldStartWith("The target failed: ");
        sentence.ShouldEndWith("start the move again and it goes on.");
        await house.MoveAsync();
        await ShouldBeThroughAsync();
    }

    [Fact]
    public async Task Run_TwoAtOnce_OnlyOneCopies()
    {
        await house.InterruptAsync(9);
        var copy = $"{house.Old.File}.copy";
        File.Copy(house.Old.File, copy);
        var pages = 0;

        var sentence = await house.RefusalAsync(_ =>
        {
            if (++pages == 2)
            {
                using var cancel = new CancellationTokenSource();
                Should.Throw<OperationCanceledException>(() =>
                    house.MoveAsync(_ => cancel.Cancel(), source: $"Data Source={copy}", cancellation: cancel.Token)
                );
            }
        });

        pages.ShouldBe(2);
        sentence.ShouldStartWith("Another 'pushbell move' is at work on the target.");
        await house.MoveAsync();
        await ShouldBeThroughAsync();
    }

    [Fact]
    public async Task Run_SourceChangedSince_IsRefused()
    {
        await house.InterruptAsync(5);
        await house.Old.ChangeAsync("UPDATE organization SET name = 'Other' WHERE id = 1");
        var over = await RowsOverAsync();

        (await house.RefusalAsync()).ShouldStartWith("The target holds part of a move from another file, or from this one before it was changed.");

        (await RowsOverAsync()).ShouldBe(over);
    }

    [Fact]
    public async Task Run_FromAnotherFile_IsRefused()
    {
        await house.InterruptAsync(5);
        await using var other = await OldInstallation.CreateAsync();
        await other.AddRegistrationsAsync(20_000);
        await other.ChangeAsync("UPDATE vapid_key SET public_key = public_key || '!'");
        var over = await RowsOverAsync();

        (await house.RefusalAsync(source: other.ConnectionString)).ShouldStartWith("The target holds part of a move from another file");

        (await RowsOverAsync()).ShouldBe(over);
        await house.MoveAsync();
        await ShouldBeThroughAsync();
    }

    private async Task ShouldBeThroughAsync()
    {
        await Contents.ShouldBeEqualAsync(house.Old.Storage, house.Target);
        await using var server = await house.StartOnTargetAsync();
    }

    private async Task<long> RowsOverAsync()
    {
        await using var connection = await house.Target.ConnectAsync();
        var rows = 0L;
        foreach (var table in (await Contents.TablesAsync(house.Target)).Where(table => table != "move_progress"))
        {
            rows += await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}");
        }

        return rows;
    }
}
