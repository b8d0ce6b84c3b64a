using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

/// <summary>Six steps from a fixed point by gradients sin(1.3t + i) + θᵢ / 2, for which PyTorch's
/// ends are known.</summary>
internal static class Trajectory
{
    public static float[] Of(Func<ParameterGroup[], Optimizer> make)
    {
        var (x, optimizer) = Start(make);
        for (var t = 0; t < 6; t++)
        {
            x.Grad = Gradient(x, t);
            optimizer.Step();
        }
        return x.ToArray<float>();
    }

    public static float[] Captured(Func<ParameterGroup[], Optimizer> make)
    {
        var (x, optimizer) = Start(make);
        var step = new CapturedStep(g =>
        {
            x.Grad = g[0];
            optimizer.Step();
            return [g[0]];
        });
        for (var t = 0; t < 6; t++)
        {
            step.Run(Gradient(x, t));
            Assert.True(step.WasCaptured, step.BreakReason);
        }
        return x.ToArray<float>();
    }

    public static void Equal(float[] expected, Func<ParameterGroup[], Optimizer> make)
    {
        Compare(expected, Of(make));
        Compare(expected, Captured(make));
    }

    private static (Tensor X, Optimizer Optimizer) Start(Func<ParameterGroup[], Optimizer> make)
    {
        var x = Tensor.From(0.5f, -1f, 2f, 0.1f);
        x.RequiresGrad = true;
        return (x, make([new ParameterGroup([("x", x)])]));
    }

    private static Tensor Gradient(Tensor x, int t) => Tensor.From(x.ToArray<float>()
        .Select((value, i) => (float)(Math.Sin((1.3 * t) + i) + (0.5 * value))).ToArray());

    private static void Compare(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 3e-6f);
        }
    }
}
