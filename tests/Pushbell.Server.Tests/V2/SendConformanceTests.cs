using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Server.Tests.V2.Rows;

namespace Pushbell.Server.Tests.V2;

/// <summary>Sends and broadcasts, row by row.</summary>
public sealed class SendConformanceTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly RowSet Rows = new(SendFieldRows.All, TargetRows.All, AdditionRows.All, BodyRows.All);

    public static TheoryData<string> Names => Rows.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Send_OfEachRow_IsAnsweredAsCited(string row) => Rows.VerifyAsync(row, stage);
}
