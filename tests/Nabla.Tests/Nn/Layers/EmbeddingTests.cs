using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class EmbeddingTests
{
    [Fact]
    public void The_padding_row_is_0_and_stays()
    {
        var layer = new Embedding(4, 3, paddingIndex: -1);
        Assert.Equal([0f, 0, 0], layer.Call(Tensor.From(3L)).ToArray<float>());
        layer.Call(Tensor.From(3L, 1L)).Sum().Backward();
        Assert.Equal([0f, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0],
            layer.Weight.Grad!.ToArray<float>());
        Assert.Equal("Embedding(4, 3, padding_idx=3)", layer.ToString());
    }

    [Fact]
    public void An_index_outside_the_table_is_named() => Assert.ThrowsAny<ArgumentException>(
        () => new Embedding(4, 3).Call(Tensor.From(4L)));

    [Fact]
    public void The_padding_row_must_exist() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Embedding(4, 3, paddingIndex: 4));

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Embedding: count must be at least 1, got 0", () => new Embedding(0, 3));
        Throws("Embedding: features must be at least 1, got 0", () => new Embedding(3, 0));
        Throws("Embedding: paddingIndex must name one of 3 rows, -3 … 2, got 3",
            () => new Embedding(3, 3, 3));
        Throws("3 rows, -3 … 2, got -4", () => new Embedding(3, 3, -4));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
