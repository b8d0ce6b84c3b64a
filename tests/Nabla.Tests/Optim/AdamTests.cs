using Nabla.Optim;

namespace Nabla.Tests.Optim;

public class AdamTests
{
    [Fact]
    public void It_ends_where_PyTorchs_ends() => Trajectory.Equal(
        [0.15428475f, -0.98345214f, 1.5127277f, 0.11980675f], groups => new Adam(groups, 0.1));

    [Fact]
    public void Betas_and_epsilon_count() => Trajectory.Equal(
        [0.32919112f, -0.98439085f, 1.755273f, 0.10062116f],
        groups => new Adam(groups, 0.05, 0.8, 0.95, 1e-3));

    [Fact]
    public void Weight_decay_is_part_of_the_gradient() => Trajectory.Equal(
        [0.11950902f, -0.75519538f, 1.4606093f, 0.10510355f],
        groups => new Adam(groups, 0.1, weightDecay: 0.3));

    [Theory]
    [InlineData(1, 0.999, 1e-8)]
    [InlineData(0.9, -0.1, 1e-8)]
    [InlineData(0.9, 0.999, -1)]
    [InlineData(double.NaN, 0.999, 1e-8)]
    public void Numbers_out_of_range_are_refused(double beta1, double beta2, double epsilon) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Trajectory.Of(
            groups => new Adam(groups, 0.1, beta1, beta2, epsilon)));
}
