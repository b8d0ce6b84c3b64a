using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class RowCopyTests
{
    [Fact]
    public void Rows_are_gathered_and_put()
    {
        var from = Tensor.From(new byte[] { 1, 2, 3, 4, 5, 6 }, new Shape(3, 2));
        var rows = RowCopy.Gather(from, [2, 1]);
        Assert.Equal([5, 6, 3, 4], rows.ToArray<byte>());
        RowCopy.Copy(Tensor.From<byte>(9, 8), rows, 1);
        Assert.Equal([5, 6, 9, 8], rows.ToArray<byte>());
    }
}
