return await Pushbell.KillHarness.CommandLine.RunAsync(args);
