using Nabla.Data;

namespace Nabla.Tests.Data;

public class SamplerTests
{
    [Fact]
    public void Samplers_visit_as_many_samples_as_they_say() => Assert.All(
        new Sampler[] { new SequentialSampler(12), new RandomSampler(12, 3) },
        sampler => Assert.Equal(sampler.Count, sampler.Order(1).Length));
}
