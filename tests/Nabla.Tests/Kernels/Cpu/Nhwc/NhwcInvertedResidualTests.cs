using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class NhwcInvertedResidualTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    /// <summary>N, C, H, W, wide channels, K, strides, padding.</summary>
    public static TheoryData<int[]> Shapes => new(
        [1, 16, 9, 8, 48, 24, 1, 1, 1, 1],
        [2, 24, 28, 28, 144, 24, 1, 1, 1, 1],
        [1, 3, 57, 50, 40, 20, 2, 2, 1, 1],
        [5, 17, 7, 7, 33, 16, 1, 1, 1, 1],
        [1, 40, 7, 7, 200, 41, 1, 1, 1, 1],
        [4, 8, 14, 13, 1024, 9, 2, 1, 0, 2],
        [1, 5, 120, 6, 70, 6, 1, 2, 3, 0],
        [1, 4, 60, 90, 96, 32, 2, 2, 1, 1],
        [8, 1, 1, 1, 2, 1, 1, 1, 1, 1],
        [3, 6, 2, 3, 18, 7, 3, 3, 1, 1],
        [0, 6, 2, 3, 18, 7, 1, 1, 1, 1]);

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_three_layers_one_after_another_bit_for_bit(int[] sizes)
    {
        Check<F32x4>(sizes);
        Check<F32x8>(sizes);
        Check<F32x16>(sizes);

        static void Check<V>(int[] sizes) where V : unmanaged, IF32Lanes<V>
        {
            if (!NhwcCase.IsSupported<V>())
            {
                return;
            }

            foreach (var widens in new[] { true, false })
            {
                foreach (var hasResidual in new[] { true, false })
                {
                    var block = new Block(sizes, widens, hasResidual);
                    Assert.Equal(block.LayerByLayer<V>(), block.Fused<V>());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_the_definition_in_double_precision(int[] sizes)
    {
        var block = new Block(sizes, true, true);
        Conv2dCase.AssertClose(block.Definition(), block.Dispatched(), "y");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Threads_do_not_change_a_bit(int[] sizes)
    {
        var block = new Block(sizes, true, true);
        WorkerTeam.Threads = 1;
        var expected = block.Dispatched();
        foreach (var threads in new[] { 2, 3, 5 })
        {
            WorkerTeam.Threads = threads;
            Assert.Equal(expected, block.Dispatched());
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_plans_bands_cover_all_rows(int[] sizes)
    {
        var s = new Block(sizes, true, true).Middle;
        foreach (var panels in new[] { 1, 5, 60 })
        {
            foreach (var images in new[] { 1, 3, 16 })
            {
                var plan = new NhwcInvertedPlan(s with { N = images }, panels);
                Assert.InRange(plan.BandRows * plan.Bands, s.OutH, int.MaxValue);
                Assert.True(plan.BandRows * (plan.Bands - 1) < Math.Max(1, s.OutH));
                Assert.Equal(
                    images * plan.Bands * (plan.IsOnePhase ? 1 : panels), plan.Chunks);
            }
        }
    }

    /// <summary>Operands of an inverted residual, and ways to compute it.</summary>
    private sealed class Block
    {
        private static readonly ConvEpilogue Six = new()
        {
            Activation = ConvActivation.Clamp,
            Max = 2,
        };

        private readonly bool _widens;
        private readonly Conv2dCase _widen;
        private readonly Conv2dCase _depthwise;
        private readonly Conv2dCase _project;
        private readonly float[] _x;
        private readonly float[]? _residual;

        public Block(int[] d, bool widens, bool hasResidual)
        {
            _widens = widens;
            Middle = new(
                d[0], d[4], d[2], d[3], d[4], 3, 3, d[6], d[7], d[8], d[9], 1, 1, d[4]);
            _widen = new(NhwcInvertedResidual.Widen(Middle, d[1]), 1);
            _depthwise = new(Middle, 2);
            _project = new(NhwcInvertedResidual.Project(Middle, d[5]), 3);
            _x = widens
                ? NhwcCase.Last(_widen.X, d[0], d[1])
                : NhwcCase.Last(_depthwise.X, d[0], d[4]);
            _residual = hasResidual ? NhwcCase.Last(_project.Gy, d[0], d[5]) : null;
        }

        public Conv2dShape Middle { get; }

        public float[] LayerByLayer<V>() where V : unmanaged, IF32Lanes<V>
        {
            var x = _x;
            if (_widens)
            {
                x = NhwcCase.Forward<V>(_widen.Shape, false, x, _widen, true, Six, null);
            }

            x = NhwcCase.Forward<V>(Middle, false, x, _depthwise, true, Six, null);
            return NhwcCase.Forward<V>(
                _project.Shape, false, x, _project, true, default, _residual);
        }

        public float[] Fused<V>() where V : unmanaged, IF32Lanes<V> => Run(
            Pack<V>(_widen), Pack<V>(_depthwise), Pack<V>(_project),
            (channels, operands) => NhwcInvertedBody<V>.Run(
                Middle, channels, _project.Shape.K, in operands));

        public float[] Dispatched() => Run(
            Pack(_widen), Pack(_depthwise), Pack(_project),
            (channels, operands) => NhwcInvertedResidual.Forward(
                Middle, channels, _project.Shape.K, in operands));

        /// <summary>Float64 sums of a layer, rounded once before the next.</summary>
        public double[] Definition()
        {
            var wide = Next(_widen, _widen.X);
            var narrow = Next(_depthwise, wide);
            narrow.CopyTo(_project.X, 0);
            var y = NhwcCase.Last(_project.Reference().Y, Middle.N, _project.Shape.K);
            return [.. y.Select((v, i) => v + _residual![i])];

            static float[] Next(Conv2dCase layer, float[] x)
            {
                x.CopyTo(layer.X, 0);
                return [.. layer.Reference().Y.Select(v => (float)Math.Clamp(v, 0, 2))];
            }
        }

        private float[] Run(
            float[] widen, float[] depthwise, float[] project,
            Action<int, NhwcInvertedOperands> run)
        {
            fixed (float* x = _x, w = widen, d = depthwise, p = project, r = _residual)
            {
                var operands = new NhwcInvertedOperands
                {
                    Source = x,
                    Widen = _widens ? w : null,
                    Depthwise = d,
                    Project = p,
                    AfterWiden = Six,
                    AfterDepthwise = Six,
                    AfterProject = new ConvEpilogue { Residual = r },
                };
                return NhwcCase.Guarded(_project.Gy.Length, y =>
                {
                    operands.Target = y;
                    run(_widens ? _widen.Shape.C : 0, operands);
                });
            }
        }

        private static float[] Pack<V>(Conv2dCase layer) where V : unmanaged, IF32Lanes<V>
        {
            var packed = new float[NhwcConv.Size<V>(layer.Shape)];
            fixed (float* w = layer.W, bias = layer.Bias, to = packed)
            {
                NhwcConv.Pack<V>(layer.Shape, w, bias, to);
            }

            return packed;
        }

        private static float[] Pack(Conv2dCase layer)
        {
            var packed = new float[NhwcConv.PackedSize(layer.Shape)];
            fixed (float* w = layer.W, bias = layer.Bias, to = packed)
            {
                NhwcConv.Pack(layer.Shape, w, bias, to);
            }

            return packed;
        }
    }
}
