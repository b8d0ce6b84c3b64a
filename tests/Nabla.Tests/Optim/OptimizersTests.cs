using Nabla.Nn;
using Nabla.Optim;

namespace Nabla.Tests.Optim;

public class OptimizersTests
{
    [Fact]
    public void Optimizers_are_made_by_name()
    {
        Assert.Equal(["adam", "adamw", "sgd"], Optimizers.All.Select(entry => entry.Name));
        var made = Optimizers.All.Select(e => e.Create(new Linear(2, 1), 0.25)).ToArray();
        Assert.Equal([typeof(Adam), typeof(AdamW), typeof(SGD)], made.Select(o => o.GetType()));
        Assert.All(made, optimizer => Assert.Equal(0.25, optimizer.LearningRate));
        Assert.All(Optimizers.All, entry => Assert.InRange(entry.LearningRate, 1e-4, 1));
    }
}
