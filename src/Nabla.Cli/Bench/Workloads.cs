using Nabla.Models;
using Nabla.Optim;

namespace Nabla.Cli.Bench;

/// <summary>The rows of the table, in its order.</summary>
internal static class Workloads
{
    /// <summary>Name and maker of each: a workload's tensors are made when it runs.</summary>
    public static IReadOnlyList<(string Name, Func<Workload> Make)> All { get; } =
    [
        ("gemm-1024", () => new GemmWorkload(1024)),
        ("gemm-2048", () => new GemmWorkload(2048)),
        ("mlp-256", () => Mlp("mlp-256", 256, false, adam: false)),
        ("mlp-32-adam", () => Mlp("mlp-32-adam", 32, false, adam: true)),
        ("mlp-32-adam-eager", () => Mlp("mlp-32-adam-eager", 32, true, adam: true)),
        ("lenet-256", () => LeNet("lenet-256", false)),
        ("lenet-256-eager", () => LeNet("lenet-256-eager", true)),
    ];

    private static TrainingWorkload Mlp(string name, int batch, bool eager, bool adam) =>
        new(name, batch, eager, () => new Mlp(),
            model => adam
                ? new Adam(model, 1e-3)
                : new SGD(model, 0.1, momentum: 0.9));

    private static TrainingWorkload LeNet(string name, bool eager) =>
        new(name, 256, eager, () => new LeNetSigmoid(),
            model => new SGD(model, 0.1, momentum: 0.9));
}
