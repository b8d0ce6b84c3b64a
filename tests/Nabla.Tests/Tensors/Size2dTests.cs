using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class Size2dTests
{
    [Fact]
    public void One_number_is_both_sides()
    {
        Size2d square = 3, oblong = (2, 5);
        Assert.Equal(new Size2d(3, 3), square);
        Assert.Equal(new Size2d(2, 5), oblong);
        Assert.Equal("(2, 5)", oblong.ToString());
    }
}
