using Pushbell.Simulation;

return Options.TryParse(args, out var options, out var problem) ? new Campaign(options, Console.Out).Run() : Options.Explain(problem);
