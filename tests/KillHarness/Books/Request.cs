using System.Text.Json;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness.Books;

/// <summary>A request as the API shows it at the end, with every line of its ledger.</summary>
/// <param name="Id"><c>req_…</c></param>
/// <param name="Marker">The title, which names the send.</param>
/// <param name="TotalTargets">Recipients that were counted at acceptance.</param>
/// <param name="Pending">Deliveries without an end.</param>
/// <param name="Outcomes">How many ended how, by the API's words.</param>
/// <param name="Deliveries">The outcome of each registration.</param>
internal sealed record Request(
    string Id,
    string Marker,
    int TotalTargets,
    int Pending,
    IReadOnlyDictionary<string, int> Outcomes,
    IReadOnlyDictionary<string, string> Deliveries
)
{
    /// <param name="api">Any node.</param>
    /// <param name="markers">The titles by request.</param>
    public static async Task<IReadOnlyList<Request>> AllAsync(Api api, IReadOnlyDictionary<string, string> markers)
    {
        var requests = new List<Request>();
        await foreach (var entry in api.RequestsAsync())
        {
            requests.Add(await OfAsync(api, entry, markers));
        }

        return requests;
    }

    private static async Task<Request> OfAsync(Api api, JsonElement entry, IReadOnlyDictionary<string, string> markers)
    {
        var id = entry.GetProperty("request_id").GetString()!;
        var deliveries = new Dictionary<string, string>();
        await foreach (var delivery in api.DeliveriesAsync(id))
        {
            // A registration that stands there twice must not go unseen.
            deliveries.Add(delivery.GetProperty("registration_id").GetString()!, delivery.GetProperty("outcome").GetString()!);
        }

        return new Request(
            id,
            markers[id],
            entry.GetProperty("total_targets").GetInt32(),
            entry.GetProperty("pending").GetInt32(),
            entry.GetProperty("outcomes").EnumerateObject().ToDictionary(outcome => outcome.Name, outcome => outcome.Value.GetInt32()),
            deliveries
        );
    }
}
