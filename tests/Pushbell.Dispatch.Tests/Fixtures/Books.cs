namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>The credits of an organization, and what its ledger makes of them.</summary>
internal sealed record Books(long Available, long Held, long Spent, long ToppedUp)
{
    /// <summary>Reads them and holds the ledger against the balance: P4, at any moment.</summary>
    public static async Task<Books> OfAsync(TestDispatch dispatch, long? organization = null)
    {
        var values = new { organization = organization ?? dispatch.Caller.OrganizationId };
        var books = await dispatch.Database.ReadAsync(
            async session => new Books(
                await session.FirstAsync<long>("SELECT credit_available FROM organization WHERE id = @organization", values),
                await session.FirstAsync<long>("SELECT credit_held FROM organization WHERE id = @organization", values),
                await session.FirstAsync<long>($"{Sum} AND kind = 'spend'", values),
                await session.FirstAsync<long>($"{Sum} AND kind = 'top-up'", values)
            ),
            CancellationToken.None
        );
        books.Available.ShouldBeGreaterThanOrEqualTo(0);
        books.Held.ShouldBeGreaterThanOrEqualTo(0);
        (books.Available + books.Held + books.Spent).ShouldBe(books.ToppedUp);

        var last = await dispatch.ValueAsync<string>(
            """
            SELECT available_after || '/' || held_after FROM credit_movement WHERE organization_id = @organization ORDER BY id DESC LIMIT 1
            """,
            values
        );
        last.ShouldBe($"{books.Available}/{books.Held}");
        return books;
    }

    private const string Sum = "SELECT coalesce(sum(amount), 0) FROM credit_movement WHERE organization_id = @organization";
}
