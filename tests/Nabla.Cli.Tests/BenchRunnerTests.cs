using Nabla.Cli.Bench;

namespace Nabla.Cli.Tests;

public class BenchRunnerTests
{
    [Theory]
    [InlineData(false, 2.0)]
    [InlineData(false, 2.0, 2.1, 2.15, 9.0)]
    [InlineData(true, 2.0, 2.1, 2.3, 2.4)]
    public void Goes_on_where_most_steps_are_far_from_the_best(
        bool expected, params double[] times) =>
        Assert.Equal(expected, BenchRunner.IsDisturbed([.. times]));
}
