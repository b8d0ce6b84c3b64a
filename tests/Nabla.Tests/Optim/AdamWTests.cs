using Nabla.Optim;

namespace Nabla.Tests.Optim;

public class AdamWTests
{
    [Fact]
    public void It_ends_where_PyTorchs_ends() => Trajectory.Equal(
        [0.15268049f, -0.97719187f, 1.5024017f, 0.11925783f], groups => new AdamW(groups, 0.1));

    [Fact]
    public void Weight_decay_is_apart_from_the_gradient() => Trajectory.Equal(
        [0.11054442f, -0.80898136f, 1.2261755f, 0.10420609f],
        groups => new AdamW(groups, 0.1, weightDecay: 0.3));
}
