using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Tests that change the team's thread count run one at a time, and alone.</summary>
[CollectionDefinition(nameof(WorkerTeam), DisableParallelization = true)]
public sealed class WorkerTeamCollection;
