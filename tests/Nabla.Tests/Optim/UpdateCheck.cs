using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

/// <summary>What updates in one pass have in common.</summary>
internal static class UpdateCheck
{
    /// <summary>Single ops do the same for other layouts and types.</summary>
    public static void SingleOpsAgree(Func<ParameterGroup[], Optimizer> make)
    {
        var expected = Run(make, x => x);
        Equal(expected, Run(make, x => x.T.Contiguous().T), 1e-6);
        Equal(expected, Run(make, x => x.To(DType.Float64)), 1e-6);
        Equal(expected, Run(make, x => x.To(DType.BFloat16)), 3e-2);
    }

    /// <summary>A captured update has the bits of an eager one.</summary>
    public static void CapturedIsEager(Func<ParameterGroup[], Optimizer> make) =>
        Assert.Equal(Run(make, x => x), Run(make, x => x, captured: true));

    /// <summary>Backward misses a parameter that was saved before its update.</summary>
    public static void WritesAreNoticed(Func<ParameterGroup[], Optimizer> make)
    {
        var x = Start(t => t);
        var loss = (x * x).Sum();
        x.Grad = Tensor.OnesLike(x);
        make([new ParameterGroup([("x", x)])]).Step();
        Assert.Throws<InvalidOperationException>(() => loss.Backward());
    }

    private static Tensor Start(Func<Tensor, Tensor> form)
    {
        var x = form(Tensor.From(new[,] { { 0.5f, -1f, 2f }, { 0.1f, 3f, -0.25f } }));
        x.RequiresGrad = true;
        return x;
    }

    private static float[] Run(Func<ParameterGroup[], Optimizer> make, Func<Tensor, Tensor> form,
        bool captured = false)
    {
        var x = Start(form);
        var optimizer = make([new ParameterGroup([("x", x)])]);
        Tensor[] Step(Tensor[] g)
        {
            x.Grad = g[0];
            optimizer.Step();
            return [g[0]];
        }
        var step = new CapturedStep(Step);
        for (var t = 0; t < 4; t++)
        {
            var g = Tensor.From(new[,] { { 1f, -2f, t }, { 0.5f, -t, 0.3f } }).To(x.DType);
            if (captured)
            {
                step.Run(g);
                Assert.True(step.WasCaptured, step.BreakReason);
            }
            else
            {
                Step([g]);
            }
        }
        return x.Detach().To(DType.Float32).ToArray<float>();
    }

    private static void Equal(float[] expected, float[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(
                expected[i], actual[i], (float)(tolerance * (1 + Math.Abs(expected[i]))));
        }
    }
}
