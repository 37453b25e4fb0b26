using FsCheck;
using FsCheck.Fluent;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class RecipientListTests
{
    /// <summary>Gaps of every magnitude, as ids of one millisecond and of a decade leave them.</summary>
    private static readonly Arbitrary<long[]> AscendingIds = Gen.Choose(0, 40)
        .SelectMany(bits =>
            Gen.Choose(1, int.MaxValue).Select(value => ((value & ((1L << Math.Min(bits, 31)) - 1)) + 1L) << Math.Max(0, bits - 31))
        )
        .ArrayOf()
        .Select(gaps => gaps.Aggregate(new List<long>(), Append).ToArray())
        .ToArbitrary();

    [Fact]
    public void Decode_WhatWasEncoded_GivesTheIdsBack() =>
        Prop.ForAll(AscendingIds, ids => RecipientList.Decode(RecipientList.Encode(ids)).SequenceEqual(ids)).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_Extremes_GivesThemBack()
    {
        long[] ids = [1, 127, 128, 16_383, 16_384, long.MaxValue - 1, long.MaxValue];

        RecipientList.Decode(RecipientList.Encode(ids)).ShouldBe(ids);
        RecipientList.Decode(RecipientList.Encode([])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(5L, 5L)]
    [InlineData(5L, 4L)]
    public void Encode_NotPositiveOrNotAscending_IsABug(params long[] ids) =>
        Should.Throw<ArgumentException>(() => RecipientList.Encode(ids));

    [Fact]
    public void Encode_FiveHundredNeighbours_TakesFewBytes()
    {
        var first = 1L << 60;
        var ids = Enumerable.Range(0, 500).Select(at => first + (at * 100L)).ToArray();

        RecipientList.Encode(ids).Length.ShouldBeLessThan(520);
    }

    private static List<long> Append(List<long> ids, long gap)
    {
        ids.Add((ids.Count == 0 ? 0 : ids[^1]) + gap);
        return ids;
    }
}
