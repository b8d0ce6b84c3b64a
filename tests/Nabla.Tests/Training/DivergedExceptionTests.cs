using Nabla.Training;

namespace Nabla.Tests.Training;

public class DivergedExceptionTests
{
    [Fact]
    public void It_keeps_the_step() => Assert.Equal(9, new DivergedException(9, "").Step);
}
