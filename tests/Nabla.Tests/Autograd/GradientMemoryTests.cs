using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

[Collection(nameof(MemoryCollection))]
public class GradientMemoryTests
{
    [Fact]
    public void What_a_pass_made_and_used_is_recycled_and_says_so()
    {
        var memory = new GradientMemory();
        var gradient = Tensor.Ones(3);
        memory.Enter(gradient);
        memory.Leave(gradient);
        var error = Assert.Throws<InvalidOperationException>(() => gradient.ToArray<float>());
        Assert.Contains("recycled by the backward pass that made it; keep a copy with Clone()",
            error.Message);
    }

    [Fact]
    public void What_waits_elsewhere_was_given_away_or_is_older_stays()
    {
        var older = Tensor.Ones(3);
        var memory = new GradientMemory();
        var (twice, given) = (Tensor.Ones(3), Tensor.Ones(3));
        memory.Enter(older);
        memory.Leave(older);
        memory.Enter(twice);
        memory.Enter(twice.Reshape(3, 1));
        memory.Leave(twice);
        Assert.True(memory.Give(given));
        Assert.False(memory.Give(given[..2]));
        memory.Enter(given);
        memory.Leave(given);
        foreach (var tensor in new[] { older, twice, given })
        {
            Assert.Equal([1f, 1f, 1f], tensor.ToArray<float>());
        }
    }

    [Fact]
    public void A_long_chain_keeps_no_more_than_a_few_gradients()
    {
        const int Ops = 40, Count = 1 << 18;
        var x = Tensor.Ones(Count);
        x.RequiresGrad = true;
        var y = x;
        for (var i = 0; i < Ops; i++)
        {
            y = y * 1.01;
        }
        var loss = y.Sum();
        var before = MemoryPool.Outstanding;
        loss.Backward();
        var grown = (MemoryPool.Outstanding - before) / (Count * sizeof(float));
        GC.KeepAlive(y);
        Assert.InRange(grown, 0, 4);
        Assert.Equal(MathF.Pow(1.01f, Ops), x.Grad!.ToArray<float>()[7], 1e-5f);
    }

    [Fact]
    public void Gradients_that_somebody_saw_stay()
    {
        var seen = new List<Tensor>();
        var x = Leaf(1, 2);
        var a = new KeepOp(seen).Apply(x * 2);
        var b = a.Exp();
        b.RetainGrad();
        a.RegisterHook(g =>
        {
            seen.Add(g);
            return g * 3;
        });
        var given = Tensor.From(1f, 10f);
        (b.Reshape(2, 1) * 1).Backward(given.Reshape(2, 1));
        var e = b.ToArray<float>();
        Assert.Equal([1f, 10f], given.ToArray<float>());
        Assert.Equal([1f, 10f], b.Grad!.ToArray<float>());
        Assert.Equal([e[0], 10 * e[1]], seen[0].ToArray<float>());
        Assert.Equal([3 * e[0], 30 * e[1]], seen[1].ToArray<float>());
        Assert.Equal([3 * e[0], 30 * e[1]], seen[2].ToArray<float>());
        Assert.Equal([6 * e[0], 60 * e[1]], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void One_gradient_for_several_inputs_reaches_them_all()
    {
        var (x, y) = (Leaf(1, 2), Leaf(3, 4));
        var sum = x + y;
        ((sum + sum) + (x + sum)).Sum().Backward();
        Assert.Equal([4f, 4f], GradOf(x));
        Assert.Equal([3f, 3f], GradOf(y));
    }

    /// <summary>An op of somebody else's, whose rule keeps what it sees and what it returns.
    /// </summary>
    private sealed record KeepOp(List<Tensor> Kept) : Op
    {
        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
            x[0].Device.Copy(x[0], y[0]);

        public override Tensor?[] Backward(Backprop b)
        {
            Kept.Add(b.Grad);
            Kept.Add(b.Grad * 1);
            return [Kept[^1]];
        }

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }
}
