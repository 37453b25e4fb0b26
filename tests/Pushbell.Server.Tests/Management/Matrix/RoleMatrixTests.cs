using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Server.Management;

namespace Pushbell.Server.Tests.Management.Matrix;

/// <summary>Every route of /manage × everybody who might call it.</summary>
public sealed class RoleMatrixTests(Staff staff) : IClassFixture<Staff>
{
    private const string SignOut = "DELETE /session";

    [Fact]
    public void Route_EveryOne_HasItsPlaceInTheContract()
    {
        var mapped = Routes();

        mapped.Where(route => Contract.Find(route) is null).ShouldBeEmpty("a route without an expectation");
        Contract.Core.Keys.Except(mapped).ShouldBeEmpty("an expectation without a route");
        if (mapped.Intersect(Contract.Resources.Keys).Any())
        {
            Contract.Resources.Keys.Except(mapped).ShouldBeEmpty("an expectation without a route");
        }
    }

    [Fact]
    public async Task Route_ForEverybody_IsOpenAsTheContractSays()
    {
        var wrong = new List<string>();
        foreach (var route in Routes())
        {
            foreach (var actor in staff.Actors)
            {
                var (method, path) = Split(route);
                // Without a body: whoever may is told what is wrong with it, whoever may not does not get so far.
                var reply = await actor.Manage.CallAsync(method, Staff.Fill(path, staff.Here));
                var refused = reply.Status is 401 or 403 ? reply.Status : (int?)null;
                if (refused != actor.RefusedBy(Contract.Find(route)!.Value) || reply.Status >= 500)
                {
                    wrong.Add($"{route} for {actor.Name}: {reply.Status} {reply.Body}");
                }

                if (route == SignOut && refused is null)
                {
                    (await actor.Manage.SignInAsync(actor.Email!, ManagedServer.Password)).Status.ShouldBe(200);
                }
            }
        }

        wrong.ShouldBeEmpty();
        staff.Actors.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Route_OfAnotherOrganization_IsAnsweredLikeThatOfNone()
    {
        var wrong = new List<string>();
        foreach (var route in Routes().Where(route => route.Contains("{organization_id}", StringComparison.Ordinal)))
        {
            foreach (var actor in staff.Actors.Where(actor => actor is { Role: not null, IsOperator: false }))
            {
                if (await DifferenceAsync(actor, route, staff.There, staff.Nowhere) is { } difference)
                {
                    wrong.Add(difference);
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Thing_OfAnotherOrganization_IsAnsweredLikeOneThatDoesNotExist()
    {
        var wrong = new List<string>();
        var owner = staff.Actors.Single(actor => actor.Name == "owner");
        foreach (var route in Routes())
        {
            foreach (var name in staff.There.Keys.Where(name => name != "organization_id" && Split(route).Path.Contains($"{{{name}}}", StringComparison.Ordinal)))
            {
                if (await DifferenceAsync(owner, route, With(name, staff.There), With(name, staff.Nowhere)) is { } difference)
                {
                    wrong.Add(difference);
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Route_ThatIsNoGet_SaysWhatItsEntryIsCalled()
    {
        // They look something up, and change nothing.
        string[] looking = ["/manage/links/look", "/manage/vapid/check"];

        var silent = staff
            .Managed.Server.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/manage", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods is not ["GET"])
            .Where(endpoint => endpoint.Metadata.GetMetadata<Audited>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!);

        silent.Except(looking).ShouldBeEmpty();
    }

    /// <returns>Null when both are the same 404.</returns>
    private static async Task<string?> DifferenceAsync(Actor actor, string route, IReadOnlyDictionary<string, string> foreign, IReadOnlyDictionary<string, string> unknown)
    {
        var (method, path) = Split(route);
        // Where a body is read at all, it is good enough to get as far as the thing that it is about.
        object? body = method == HttpMethod.Get || method == HttpMethod.Delete ? null : new { role = "viewer" };
        var (theirs, nobodys) = (
            await actor.Manage.CallAsync(method, Staff.Fill(path, foreign), body),
            await actor.Manage.CallAsync(method, Staff.Fill(path, unknown), body)
        );
        var (one, other) = (Anonymous(theirs.Body, foreign), Anonymous(nobodys.Body, unknown));
        return theirs.Status == 404 && nobodys.Status == 404 && one == other ? null : $"{route} for {actor.Name}: {theirs.Status} {one}, {nobodys.Status} {other}";
    }

    private static string Anonymous(string body, IReadOnlyDictionary<string, string> ids) =>
        ids.Aggregate(body, (text, id) => text.Replace(id.Value, id.Key, StringComparison.Ordinal));

    private Dictionary<string, string> With(string name, IReadOnlyDictionary<string, string> from) =>
        new(staff.Here, StringComparer.Ordinal) { [name] = from[name] };

    private static (HttpMethod Method, string Path) Split(string route) =>
        route.Replace("management-keys/{key_id}", "management-keys/{management_key_id}", StringComparison.Ordinal).Split(' ') is [var method, var path]
            ? (new HttpMethod(method), path)
            : throw new InvalidOperationException(route);

    private string[] Routes() =>
        [
            .. staff
                .Managed.Server.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/'), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods))
                .Where(endpoint => endpoint.Path.StartsWith("/manage", StringComparison.Ordinal))
                .SelectMany(endpoint => endpoint.Methods!.Select(method => $"{method} {endpoint.Path["/manage".Length..]}"))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
