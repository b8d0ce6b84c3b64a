using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class ThrowHelperTests
{
    [Fact]
    public void Each_helper_throws_its_kind_with_the_message()
    {
        Assert.Equal("a",
            Assert.Throws<ArgumentException>(() => ThrowHelper.Argument("a")).Message);
        Assert.Equal("b",
            Assert.Throws<InvalidOperationException>(() => ThrowHelper.Invalid("b")).Message);
        var range = Assert.Throws<ArgumentOutOfRangeException>(() => ThrowHelper.Range("c", "d"));
        Assert.Equal("c", range.ParamName);
        Assert.StartsWith("d", range.Message);
    }
}
