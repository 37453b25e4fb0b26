using FsCheck;
using FsCheck.Fluent;

namespace Pushbell.Dispatch.Tests;

public sealed class PublicIdTests
{
    [Fact]
    public void TryRegistration_WhatWasFormatted_GivesTheIdBack() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).Two().Select(pair => ((long)pair.Item1 << 32) | (uint)pair.Item2).ToArbitrary(),
                id => PublicId.TryRegistration(PublicId.Registration(id), out var back) && back == id
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0L, "reg_0000000000000")]
    [InlineData(31L, "reg_000000000000z")]
    [InlineData(long.MaxValue, "reg_7zzzzzzzzzzzz")]
    public void Registration_Edges_AreThirteenCharacters(long id, string text)
    {
        PublicId.Registration(id).ShouldBe(text);
        PublicId.TryRegistration(text, out var back).ShouldBeTrue();
        back.ShouldBe(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("reg_")]
    [InlineData("reg_000000000000")]
    [InlineData("reg_00000000000000")]
    [InlineData("reg_000000000000Z")]
    [InlineData("REG_000000000000z")]
    [InlineData("reg_000000000000i")]
    [InlineData("reg_000000000000l")]
    [InlineData("reg_000000000000o")]
    [InlineData("reg_000000000000u")]
    [InlineData("reg_000000000000 ")]
    [InlineData("reg_0000000000é0")]
    [InlineData("req_0000000000000")]
    [InlineData("reg_8000000000000")]
    [InlineData("reg_zzzzzzzzzzzzz")]
    public void TryRegistration_AnythingElse_IsRefused(string text) => PublicId.TryRegistration(text, out _).ShouldBeFalse();

    [Fact]
    public void Format_LargerId_SortsBehind() =>
        Enumerable
            .Range(0, 63)
            .Select(bit => PublicId.Notification(1L << bit))
            .ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
}
