namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>The rule that the executed statements are held against would not let these pass, or would.</summary>
public sealed class HotTablesTests
{
    [Theory]
    [InlineData("SELECT id FROM registration WHERE id = @id")]
    [InlineData("UPDATE batch SET due_at = NULL WHERE notification_id = @id")]
    [InlineData("INSERT INTO batch (notification_id, organization_id) VALUES (@id, @organization)")]
    [InlineData("SELECT 1 FROM batch b JOIN notification n ON n.id = b.notification_id WHERE b.organization_id = @organization")]
    [InlineData("SELECT id FROM registration WHERE organization_id = @organization AND id IN (SELECT id FROM registration WHERE status = 0)")]
    [InlineData("DELETE FROM idempotency WHERE (organization_id, key) IN (SELECT organization_id, key FROM idempotency LIMIT 1)")]
    [InlineData("SELECT id FROM registration WHERE organization_id = 1")]
    public void Statement_ThatReachesForOthersRows_IsFound(string statement) => HotTables.AreRestrictedIn(statement).ShouldBeFalse();

    [Theory]
    [InlineData("SELECT id FROM service")]
    [InlineData("SELECT id FROM registration WHERE organization_id = @organization FOR NO KEY UPDATE")]
    [InlineData("INSERT INTO batch (organization_id, notification_id) VALUES (@organization, @id) ON CONFLICT (organization_id, id) DO UPDATE SET id = 1")]
    [InlineData("SELECT 1 FROM batch b JOIN notification n ON n.organization_id = b.organization_id WHERE b.organization_id = @OrganizationId")]
    [InlineData("DELETE FROM batch WHERE (organization_id, id) IN (SELECT organization_id, id FROM batch WHERE organization_id = @organization)")]
    public void Statement_ThatKeepsToOne_Passes(string statement) => HotTables.AreRestrictedIn(statement).ShouldBeTrue();
}
