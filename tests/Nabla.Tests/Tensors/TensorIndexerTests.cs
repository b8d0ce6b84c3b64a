using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class TensorIndexerTests
{
    [Fact]
    public void The_floor_of_ops_is_there_when_the_assembly_is() =>
        Assert.IsType<Indexing>(TensorIndexer.Current);
}
