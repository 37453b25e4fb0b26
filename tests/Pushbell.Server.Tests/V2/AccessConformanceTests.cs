using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Server.Tests.V2.Rows;

namespace Pushbell.Server.Tests.V2;

/// <summary>Keys, routes, methods, registering and deregistering, row by row; nothing here counts clients.</summary>
public sealed class AccessConformanceTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly RowSet Rows = new(AccessRows.All, RegistrationRows.All);

    public static TheoryData<string> Names => Rows.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Request_OfEachRow_IsAnsweredAsCited(string row) => Rows.VerifyAsync(row, stage);
}
