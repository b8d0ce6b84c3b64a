using Nabla.Training;

namespace Nabla.Tests.Training;

public class AveragesTests
{
    [Fact]
    public void Batches_count_by_their_samples()
    {
        var averages = new Averages([new Accuracy()]);
        averages.Add(3, 2.0, [3]);
        averages.Add(1, 6.0, [0]);
        Assert.Equal(4, averages.Samples);
        Assert.Equal(3.0, averages.Loss);
        Assert.Equal(0.75, averages["accuracy"]);
    }

    [Fact]
    public void They_start_again_and_go_on()
    {
        var averages = new Averages([new Accuracy()]);
        averages.Add(3, 2.0, [3]);
        var sums = averages.Sums.ToArray();
        averages.Reset();
        Assert.Equal(double.NaN, averages.Loss);
        averages.Restore(3, sums);
        Assert.Equal(2.0, averages.Loss);
    }

    [Fact]
    public void An_unknown_metric_is_refused_with_those_there_are() => Assert.Contains(
        "there is: accuracy", Assert.Throws<KeyNotFoundException>(
            () => new Averages([new Accuracy()])["f1"]).Message);
}
