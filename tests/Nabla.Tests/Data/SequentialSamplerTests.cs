using Nabla.Data;

namespace Nabla.Tests.Data;

public class SequentialSamplerTests
{
    [Fact]
    public void Every_epoch_has_the_data_sets_own_order()
    {
        Sampler sampler = new SequentialSampler(3);
        Assert.Equal(3, sampler.Count);
        Assert.Equal([0, 1, 2], sampler.Order(0));
        Assert.Equal([0, 1, 2], sampler.Order(7));
    }

    [Fact]
    public void A_negative_number_of_samples_is_refused()
    {
        Fails("Sampler: count must be at least 0, got -1", () => new SequentialSampler(-1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
