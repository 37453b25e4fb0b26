using System.Runtime.ExceptionServices;

namespace Pushbell.WebPush.Tests.Profiles;

public sealed class ReasonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[1]")]
    public void Member_NoObject_IsNullWithoutAnException(string body)
    {
        var (thread, thrown) = (Environment.CurrentManagedThreadId, 0);
        void Count(object? sender, FirstChanceExceptionEventArgs args) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            ReasonText.Member(body, "errno").ShouldBeNull();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        thrown.ShouldBe(0, "every accepted message comes this way");
    }

    [Theory]
    [InlineData(" {\"errno\": 109}", 109)]
    [InlineData("{\"error\": 109}", null)]
    [InlineData("{\"errno\": 1", null)]
    public void Member_Object_IsItsMemberIfItHasOne(string body, int? errno) => (ReasonText.Member(body, "errno")?.GetInt32()).ShouldBe(errno);
}
