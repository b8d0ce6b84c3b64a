using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Elementwise = Nabla.Kernels.Cpu.Elementwise;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>
/// A convolution, a chain and average pooling with random operands: the fused kernels' results, and
/// the same by the definition in float64.
/// </summary>
internal sealed unsafe class ConvPoolCase
{
    private readonly ConvPoolShape _shape;
    private readonly ConvPoolChain _chain;
    private readonly Conv2dCase _conv;
    private readonly float[] _gy;

    public ConvPoolCase(ConvPoolShape shape, ConvPoolChain chain)
    {
        _shape = shape;
        _chain = chain;
        _conv = new Conv2dCase(shape.Conv, seed: 5);
        _gy = KernelData.Numbers<float>(
            shape.Conv.N * shape.Conv.K * (long)shape.OutH * shape.OutW, seed: 6);
    }

    public float[] X => _conv.X;

    /// <summary>y, gx, gw and gb one after another.</summary>
    public float[] Run<V>() where V : unmanaged, IConvVector<V>
    {
        var plan = ConvPoolPlan.Of(in _shape, V.Count);
        var (sums, values) = (Dirty(plan.ValueCount), Dirty(plan.ValueCount));
        var (y, gx) = (Dirty(_gy.Length), Dirty(_conv.X.Length));
        var (gw, gb) = (Dirty(_conv.W.Length), Dirty(_conv.Bias.Length));
        fixed (float* px = _conv.X, pw = _conv.W, pb = _conv.Bias, pgy = _gy)
        fixed (float* ps = sums, pv = values, py = y, pgx = gx, pgw = gw, pgb = gb)
        {
            var kept = _chain.KeepsSums ? ps : pv;
            var inputs = stackalloc ConvPoolInput[]
            {
                ConvPoolInput.Flow, ConvPoolInput.Of(_chain.Constant),
            };
            var first = _chain.KeepsSums ? null : pv;
            ConvPool<V>.Run(
                in _shape, px, pw, _chain.HasBias ? pb : null, _chain.Forward, inputs,
                _chain.KeepsSums ? ps : null, &first, py);
            inputs[1] = ConvPoolInput.Of(kept);
            ConvPoolGrad<V>.Run(
                in _shape, px, pw, pgy, _chain.Backward, inputs, pgx, pgw, pgb);

            // Without what nobody wants, the rest is the same.
            var (again, weights) = (Dirty(y.Length), Dirty(gw.Length));
            first = null;
            inputs[1] = ConvPoolInput.Of(_chain.Constant);
            fixed (float* to = again, toWeights = weights)
            {
                ConvPool<V>.Run(
                    in _shape, px, pw, _chain.HasBias ? pb : null, _chain.Forward, inputs, null,
                    &first, to);
                inputs[1] = ConvPoolInput.Of(kept);
                ConvPoolGrad<V>.Run(
                    in _shape, px, pw, pgy, _chain.Backward, inputs, null, toWeights, null);
            }

            Assert.True(Conv2dCase.Bits(y).SequenceEqual(Conv2dCase.Bits(again)));
            Assert.True(Conv2dCase.Bits(gw).SequenceEqual(Conv2dCase.Bits(weights)));
        }

        return [.. y, .. gx, .. gw, .. gb];
    }

    /// <summary>The definition: y, gx, gw and gb.</summary>
    public (double[] Y, double[] Gx, double[] Gw, double[] Gb) Reference()
    {
        var (s, size) = (_shape.Conv, _shape.Conv.OutH * _shape.Conv.OutW);
        var sums = _conv.Reference(_chain.HasBias).Y;
        var y = new double[_gy.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            var (h, w) = (i % size / s.OutW / _shape.PoolH, i % s.OutW / _shape.PoolW);
            var inside = h < _shape.OutH && w < _shape.OutW;
            var at = (((i / size * _shape.OutH) + h) * _shape.OutW) + w;
            if (inside)
            {
                y[at] += _chain.Value(sums[i]) / _shape.Divisor;
            }

            var gradient = inside ? _gy[at] / (double)_shape.Divisor : 0;
            _conv.Gy[i] = (float)(gradient * _chain.Slope(sums[i]));
        }

        var (_, gx, gw, gb) = _conv.Reference();
        return (y, gx, gw, gb);
    }

    /// <summary>Fails unless the kernels compute the definition.</summary>
    public void Check<V>() where V : unmanaged, IConvVector<V>
    {
        if (!ConvVectors.IsSupported<V>())
        {
            return;
        }

        var actual = KernelData.OnAnyThreads(Run<V>).AsSpan();
        var (y, gx, gw, gb) = Reference();
        Close(y, "y", ref actual);
        Close(gx, "gx", ref actual);
        Close(gw, "gw", ref actual);
        Close(gb, "gb", ref actual);

        void Close(double[] expected, string what, ref Span<float> rest)
        {
            Conv2dCase.AssertClose(
                expected, rest[..expected.Length].ToArray(), $"{what} of {V.Count} lanes");
            rest = rest[expected.Length..];
        }
    }

    private static float[] Dirty(long count)
    {
        var numbers = new float[count];
        numbers.AsSpan().Fill(float.NaN);
        return numbers;
    }
}

/// <summary>
/// A function of the sums and a constant, its slope, and both as chains: forward over the sums and
/// the constant, backward over the gradient and what is kept.
/// </summary>
internal sealed unsafe record ConvPoolChain(
    string Name, Func<double, double> Value, Func<double, double> Slope, FusedProgram Forward,
    FusedProgram Backward, bool KeepsSums = false, float Constant = 0, bool HasBias = true)
{
    public static ConvPoolChain Sigmoid { get; } = new(
        "sigmoid", x => 1 / (1 + Math.Exp(-x)),
        x => 1 / (1 + Math.Exp(-x)) / (1 + Math.Exp(x)),
        new FusedProgram(2, [Unary<SigmoidFn>(0)], [2]),
        new FusedProgram(2, [Binary<SigmoidBackwardFn>(0, 1)], [2]));

    /// <summary>x²: its gradient needs the sums themselves.</summary>
    public static ConvPoolChain Square { get; } = new(
        "square", x => x * x, x => 2 * x,
        new FusedProgram(2, [Binary<MulFn>(0, 0)], [2]),
        new FusedProgram(2, [Binary<MulFn>(0, 1), Binary<AddFn>(2, 2)], [3]),
        KeepsSums: true);

    public static ConvPoolChain Triple { get; } = new(
        "3x", x => 3 * x, _ => 3,
        new FusedProgram(2, [Binary<MulFn>(0, 1)], [2]),
        new FusedProgram(2, [Binary<AddFn>(0, 0), Binary<AddFn>(2, 0)], [3]),
        Constant: 3);

    /// <summary>A slope that is 0 / 0 where there is no image.</summary>
    public static ConvPoolChain Quotient { get; } = new(
        "x, badly", x => x, _ => 1,
        new FusedProgram(2, [Binary<AddFn>(0, 1)], [2]),
        new FusedProgram(2, [Binary<MulFn>(0, 1), Binary<DivFn>(2, 1)], [3]),
        HasBias: false);

    public override string ToString() => Name;

    private static FusedStep Unary<TFn>(int a) where TFn : struct, Nabla.Kernels.IUnaryFn =>
        new((nint)Elementwise.UnaryTile<TFn>(DType.Float32), 1, a, a, a);

    private static FusedStep Binary<TFn>(int a, int b) where TFn : struct, Nabla.Kernels.IBinaryFn
        => new((nint)Elementwise.BinaryTile<TFn>(DType.Float32), 2, a, b, b);
}
