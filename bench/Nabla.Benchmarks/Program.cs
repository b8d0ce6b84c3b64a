using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: a generated project would not know this repository's settings and versions.
var config = DefaultConfig.Instance.AddJob(
    Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator());
string[] job = args.Any(a => a is "--job" or "-j") ? [] : ["--job", "short"];
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args, .. job], config);
