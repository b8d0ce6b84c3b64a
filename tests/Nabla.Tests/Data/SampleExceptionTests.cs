using Nabla.Data;

namespace Nabla.Tests.Data;

public class SampleExceptionTests
{
    [Fact]
    public void It_keeps_the_samples_number() =>
        Assert.Equal(4, new SampleException(4, "broken").Index);
}
