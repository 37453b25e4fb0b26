using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Server.Tests.V2.Rows;

namespace Pushbell.Server.Tests.V2;

/// <summary>Clients, requests, quota and service, row by row; none of them changes anything.</summary>
public sealed class ReadConformanceTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly RowSet Rows = new(ClientRows.All, RequestRows.All, ServiceRows.All);

    public static TheoryData<string> Names => Rows.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Read_OfEachRow_IsAnsweredAsCited(string row) => Rows.VerifyAsync(row, stage);
}
