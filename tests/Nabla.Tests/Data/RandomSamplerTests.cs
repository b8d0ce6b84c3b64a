using Nabla.Data;

namespace Nabla.Tests.Data;

public class RandomSamplerTests
{
    [Fact]
    public void Every_sample_comes_once()
    {
        var order = new RandomSampler(1000, 9).Order(0);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
    }

    [Fact]
    public void Seed_and_epoch_decide_and_nothing_else()
    {
        var order = new RandomSampler(100, 9).Order(2);
        Assert.Equal(order, new RandomSampler(100, 9).Order(2));
        Assert.NotEqual(order, new RandomSampler(100, 9).Order(3));
        Assert.NotEqual(order, new RandomSampler(100, 8).Order(2));
    }

    [Fact]
    public void A_negative_number_of_samples_is_refused()
    {
        Fails("Sampler: count must be at least 0, got -1", () => new RandomSampler(-1, 0));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
