using Sandbox;

await SandboxApp.Standalone(args).RunAsync();
