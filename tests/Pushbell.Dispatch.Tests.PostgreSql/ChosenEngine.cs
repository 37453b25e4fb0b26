using Pushbell.Testing;

[assembly: TestEngine(Engine.PostgreSql)]
