using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Hosting;

/// <summary>What the server and the operator's commands open alike: the configuration, checked, the database it names, and the master key.</summary>
internal static class Installation
{
    /// <summary>Where a new SQLite installation keeps its master key, beside the database.</summary>
    public const string MasterKeyFile = "master.key";

    /// <summary>Reads the configuration. Files that belong to the program lie beside it; data/ is under the working directory.</summary>
    /// <param name="settings">Settings of the command line, <c>--Key=value</c>; they win over the environment and appsettings.json.</param>
    public static WebApplicationBuilder Configure(string[] settings) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });

    /// <summary>Which database the configuration names.</summary>
    public static string ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Pushbell") ?? "Data Source=data/pushbell.db";

    /// <summary>Opens the database, creating and migrating it as needed, and adds the product to the builder's services.</summary>
    /// <exception cref="BadSettingException">A setting is unknown or bad.</exception>
    /// <exception cref="UnusableDatabaseException">The database cannot be used as it is.</exception>
    /// <exception cref="StorageOutageException">The database cannot be reached now.</exception>
    public static async Task<PushbellSettings> OpenAsync(WebApplicationBuilder builder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var settings = SettingsReader.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(clock);
        try
        {
            var database = await Database.OpenAsync(ConnectionString(builder.Configuration), clock, cancellationToken);
            var master = await OpenMasterKeyAsync(settings, database, cancellationToken);
            await MasterKeyCheck.RunAsync(database, master, clock, cancellationToken);
            builder.Services.AddSingleton(settings);
            builder.Services.AddDispatch(settings.ToParts(database, master));
            return settings;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or InvalidDataException)
        {
            throw new BadSettingException(
                $"What ConnectionStrings:Pushbell names cannot be opened: {exception.Message} It and the {MasterKeyFile} beside it "
                    + "must be this user's to read and write."
            );
        }
    }

    private static async Task<MasterKey> OpenMasterKeyAsync(PushbellSettings settings, Database database, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(settings.MasterKey))
        {
            return MasterKey.Parse(settings.MasterKey)
                ?? throw new BadSettingException("Pushbell:MasterKey must be 32 bytes in base64; make one with: openssl rand -base64 32");
        }

        if (database.Dialect.Folder is not { } folder)
        {
            throw new BadSettingException(
                "Pushbell:MasterKey is missing. On PostgreSQL every node needs the same one, so none can make its own; make one with: openssl rand -base64 32"
            );
        }

        var file = Path.Combine(folder, MasterKeyFile);
        return !File.Exists(file) && await MasterKeyCheck.IsNeededAsync(database, cancellationToken)
            ? throw new UnusableDatabaseException(
                $"{file} is missing, and the database cannot be used without it: restore it from the backup that the database came from."
            )
            : MasterKey.LoadOrCreate(file);
    }
}
