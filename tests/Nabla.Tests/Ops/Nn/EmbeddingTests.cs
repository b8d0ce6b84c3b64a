using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class EmbeddingTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("embedding", x => x[1].Embedding(x[0]), "F.embedding(x1, x0)",
            Inputs.Normal(7, 5), Inputs.Integers(0, 7, 3, 4)).Also(
            Inputs.Normal(4, 17), Inputs.Integers(0, 4, 9)),
    ];

    [Fact]
    public void Repeated_indices_add_their_gradients()
    {
        var weight = Tensor.Zeros(3, 2);
        weight.RequiresGrad = true;
        Tensor.From(2L, 0L, 2L).Embedding(weight).Sum().Backward();
        Assert.Equal([1f, 1, 0, 0, 2, 2], weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void Indices_must_be_integers() => Assert.Equal(
        "Embedding expects integers but got float32; convert with To(DType.Int64) first",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2).Embedding(Tensor.Zeros(2, 2))).Message);

    [Fact]
    public void A_weight_that_is_no_matrix_is_refused()
    {
        Fails("Embedding expects a weight (V, D) but got (3,)",
            () => Tensor.Zeros(2).Long().Embedding(Tensor.Ones(3)));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
