using Microsoft.Data.Sqlite;

namespace Pushbell.Simulation.Store;

/// <summary>The database file of one run, a copy of the template, gone with it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Template.Root, "pushbell-" + Path.GetRandomFileName()));
    private readonly Stack<OpenFile> idle = new();

    public StoreFile(Template template) => File.WriteAllBytes(DataSource, template.File);

    private string DataSource => Path.Combine(folder.FullName, "run.db");

    public OpenFile Take() => idle.TryPop(out var file) ? file : new OpenFile(Open());

    public void Give(OpenFile file) => idle.Push(file);

    /// <summary>A connection of its own for somebody who only looks.</summary>
    public SqliteConnection OpenReader() => Open();

    public void Dispose()
    {
        foreach (var file in idle)
        {
            file.Dispose();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Flushing is off: a simulated process may die, the machine under it does not.</summary>
    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={DataSource};Pooling=False;Foreign Keys=True");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA synchronous=OFF";
        setup.ExecuteNonQuery();
        return connection;
    }
}
