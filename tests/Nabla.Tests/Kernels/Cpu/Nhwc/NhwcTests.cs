using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>The parts of the channels-last convolution: packing, plan, source and tiles.</summary>
public unsafe class NhwcTests
{
    private static readonly Conv2dShape Shape = new(2, 6, 9, 8, 38, 3, 2, 2, 1, 1, 1, 1, 1, 2);

    [Fact]
    public void PackedWeightsAreThoseOfEachPanelTapByTap()
    {
        var sample = new Conv2dCase(Shape);
        var weights = NhwcWeights.Of<F32x4>(in Shape);
        Assert.Equal(3, weights.GroupPanels);
        Assert.Equal(6, weights.Panels);
        var packed = new float[weights.Size];
        fixed (float* w = sample.W, bias = sample.Bias, p = packed)
        {
            weights.Pack(w, bias, p);
        }

        for (var panel = 0; panel < weights.Panels; panel++)
        {
            Assert.Equal(panel / 3 * 3, weights.Channel(panel));
            for (var k = 0; k < 8; k++)
            {
                var row = weights.Row(panel) + k;
                var isThere = k < weights.Columns(panel);
                Assert.Equal(
                    isThere ? sample.Bias[row] : 0, packed[weights.Biases + (panel * 8) + k]);
                for (var tap = 0; tap < 18; tap++)
                {
                    var (c, place) = (tap % 3, tap / 3);
                    Assert.Equal(
                        isThere ? sample.W[(((row * 3) + c) * 6) + place] : 0,
                        packed[(panel * weights.PanelSize) + (tap * 8) + k]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Conv2dKernelsTests.Shapes), MemberType = typeof(Conv2dKernelsTests))]
    [MemberData(nameof(NhwcConvTests.More), MemberType = typeof(NhwcConvTests))]
    public void APlansBandsCoverAllRows(Conv2dShape shape)
    {
        foreach (var channelsFirst in new[] { false, true })
        {
            if (shape.OutH == 0 || shape.OutW == 0 || shape.N == 0)
            {
                continue;
            }

            var plan = new NhwcPlan(in shape, channelsFirst, 5);
            Assert.InRange(plan.BandRows * plan.ImageBands, plan.ImageRows, int.MaxValue);
            Assert.True(plan.BandRows * (plan.ImageBands - 1) < plan.ImageRows);
            Assert.InRange(plan.PanelBlocks, 1, 5);
            Assert.Equal(
                shape.N * (long)shape.OutH * shape.OutW,
                plan.IsFlat ? plan.Pixels : plan.Images * plan.ImageRows * plan.RowLength);
            Assert.Equal(
                shape.R * shape.S * (shape.C / shape.Groups), plan.RunCount * plan.RunLength);
            Assert.True(plan.SourceStep % 1024 != 0);
            Assert.Equal(plan.Copies && plan.PanelBlocks > 1, plan.SharesCopies);
            Assert.True(plan.Copies || !plan.IsFlat || !plan.IsStrided);
        }
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    [InlineData(false, 8)]
    public void ACopyHasZerosOutsideOfTheImage(bool channelsFirst, int pitch)
    {
        var s = new Conv2dShape(1, 5, 3, 4, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
        var image = Enumerable.Range(1, 60).Select(i => (float)i).ToArray();
        var copy = new float[6 * 9 * pitch];
        fixed (float* from = image, to = copy)
        {
            NhwcSource.Copy(from, in s, channelsFirst, -1, 6, -2, 9, to, pitch);
        }

        for (var i = 0; i < 6 * 9 * 5; i++)
        {
            var (row, column, c) = ((i / 5 / 9) - 1, (i / 5 % 9) - 2, i % 5);
            var inside = row is >= 0 and < 3 && column is >= 0 and < 4;
            var at = channelsFirst ? (c * 12) + (row * 4) + column : (((row * 4) + column) * 5) + c;
            Assert.Equal(inside ? image[at] : 0, copy[(i / 5 * pitch) + c]);
        }
    }

    [Fact]
    public void PixelsThatAStridedWindowReadsAreGathered()
    {
        var s = new Conv2dShape(2, 3, 5, 7, 1, 1, 1, 2, 3, 0, 0, 1, 1, 1);
        var images = Enumerable.Range(1, 2 * 5 * 7 * 3).Select(i => (float)i).ToArray();
        var copy = new float[16 * 4];
        fixed (float* from = images, to = copy)
        {
            NhwcSource.Gather(from, in s, 1, 16, to, 4);
        }

        for (var i = 0; i < 16; i++)
        {
            var (image, row, column) = ((i + 1) / 9, (i + 1) / 3 % 3, (i + 1) % 3);
            var at = ((((image * 5) + (row * 2)) * 7) + (column * 3)) * 3;
            Assert.Equal([.. images[at..(at + 3)], 0], copy[(i * 4)..((i * 4) + 4)]);
        }
    }

    [Fact]
    public void ColoursOfWideImagesAreInterleaved()
    {
        var s = new Conv2dShape(1, 3, 1, 11, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
        var image = Enumerable.Range(1, 33).Select(i => (float)i).ToArray();
        var copy = new float[33];
        fixed (float* from = image, to = copy)
        {
            NhwcSource.Copy(from, in s, true, 0, 1, 0, 11, to, 3);
        }

        for (var i = 0; i < 33; i++)
        {
            Assert.Equal(image[(i % 3 * 11) + (i / 3)], copy[i]);
        }
    }

    [Fact]
    public void EveryTileComputesItsPixels()
    {
        Check<F32x4>();
        Check<F32x8>();
        Check<F32x16>();

        static void Check<V>() where V : unmanaged, IF32Lanes<V>
        {
            if (!NhwcCase.IsSupported<V>())
            {
                return;
            }

            var panel = NhwcTiles.Panel<V>();
            foreach (var columns in new[] { 1, V.Count, V.Count + 1, panel })
            {
                for (var rows = 1; rows <= NhwcTiles.MaxRows<V>(); rows++)
                {
                    Tile<V>(rows, columns, panel);
                }
            }
        }
    }

    private static void Tile<V>(int rows, int columns, int panel)
        where V : unmanaged, IF32Lanes<V>
    {
        var random = new Random(rows);
        var x = Draw(400);
        var w = Draw(6 * panel);
        var bias = Draw(panel);
        var hasResidual = rows % 3 != 0;
        float[] y = [.. new float[800], .. Draw(800)];
        NhwcRun* runs = stackalloc NhwcRun[] { new(0, 0, 3), new(7, 4 * panel, 2) };
        fixed (float* px = x, pw = w, pb = bias, py = y)
        {
            var args = new NhwcTileArgs
            {
                Source = px,
                Source7 = px + 150,
                SourceStep = 3,
                Runs = runs,
                RunCount = 2,
                Weights = pw,
                Ahead = (byte*)pw,
                IsLong = rows % 2 == 0,
                Bias = pb,
                Target = py,
                Target7 = py + 400,
                TargetStep = 40,
                HasResidual = hasResidual,
                Residual = 800,
                Columns = columns,
                Min = -1,
                Max = 1,
            };
            NhwcTiles.Run<V>(rows, &args);
            for (var i = 0; i < rows; i++)
            {
                var from = i < 7 ? px + (3 * i) : px + 150 + (3 * (i - 7));
                var to = i < 7 ? py + (40 * i) : py + 400 + (40 * (i - 7));
                for (var k = 0; k < 40; k++)
                {
                    var sum = k < columns ? bias[k] : 0.0;
                    for (var tap = 0; tap < 5 && k < columns; tap++)
                    {
                        // The second run begins at 7, with the weights of tap 4.
                        var (read, weight) = tap < 3 ? (tap, tap) : (tap + 4, tap + 1);
                        sum += (double)from[read] * w[(weight * panel) + k];
                    }

                    sum += hasResidual && k < columns ? to[800 + k] : 0;
                    Assert.Equal(Math.Clamp(sum, -1, 1), to[k], 1e-6);
                }
            }
        }

        float[] Draw(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    [Fact]
    public void PartOfARegisterIsReadAndWrittenAlone()
    {
        float[] from = [1, 2, 3, 4, 5];
        var to = new float[5];
        fixed (float* x = from, y = to)
        {
            NhwcLanes.Store(NhwcLanes.Load<F32x4>(x, 3), y, 3);
            Assert.Equal([1f, 2, 3, 0, 0], to);
            NhwcLanes.Store(NhwcLanes.Load<F32x4>(x + 1, 9), y + 1, 9);
            Assert.Equal([1f, 2, 3, 4, 5], to);
        }
    }

    [Fact]
    public void DepthwiseWeightsArePackedByTap()
    {
        var s = new Conv2dShape(1, 5, 4, 4, 5, 2, 1, 1, 1, 0, 0, 1, 1, 5);
        var sample = new Conv2dCase(s);
        var packed = new float[NhwcDepthwise<F32x4>.Size(in s)];
        Assert.Equal(24, packed.Length);
        fixed (float* w = sample.W, bias = sample.Bias, p = packed)
        {
            NhwcDepthwise<F32x4>.Pack(in s, w, bias, p);
        }

        for (var c = 0; c < 8; c++)
        {
            Assert.Equal(c < 5 ? sample.W[2 * c] : 0, packed[c]);
            Assert.Equal(c < 5 ? sample.W[(2 * c) + 1] : 0, packed[8 + c]);
            Assert.Equal(c < 5 ? sample.Bias[c] : 0, packed[16 + c]);
        }
    }

    [Theory]
    [InlineData(8, 9, 4, 2, 1, 1)]
    [InlineData(5, 7, 3, 3, 0, 2)]
    [InlineData(6, 4, 3, 2, 5, 2)]
    [InlineData(4, 9, 2, 3, 1, 1)]
    public void PhasesTellWhichTapsReachEachTarget(
        int sources, int targets, int kernel, int stride, int pad, int dilation)
    {
        var expected = new HashSet<(int, int, int)>();
        for (var i = -targets; i < sources + targets; i++)
        {
            for (var tap = 0; tap < kernel; tap++)
            {
                var p = (i * stride) + (tap * dilation) - pad;
                if (p >= 0 && p < targets)
                {
                    expected.Add((p, tap, i));
                }
            }
        }

        var actual = new HashSet<(int, int, int)>();
        for (var first = 0; first < stride; first++)
        {
            var phase = new NhwcPhase(first, targets, kernel, stride, pad, dilation);
            for (var n = 0; n < phase.Count; n++)
            {
                for (var tap = 0; tap < phase.Taps; tap++)
                {
                    Assert.True(actual.Add((
                        first + (n * stride), phase.Tap(tap),
                        phase.Source + n + (tap * phase.Step))));
                }
            }
        }

        Assert.Equal(expected, actual);
    }
}
