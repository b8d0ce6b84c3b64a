using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu.Attention;

/// <summary>
/// Masks over more keys than a tile has: some queries see nothing of the first tile, or of a later
/// one, or nothing at all.
/// </summary>
[Collection(nameof(WorkerTeam))]
public class AttentionMaskTests
{
    private const int Tile = Nabla.Kernels.Cpu.Attention.TileKeys;

    public enum Rule
    {
        /// <summary>Every third query sees nothing of the first tile.</summary>
        NotTheFirstTile,

        /// <summary>Every third query sees the first tile only.</summary>
        OnlyTheFirstTile,

        /// <summary>Every third query sees one key, the last.</summary>
        OnlyTheLastKey,

        /// <summary>Every third query sees nothing at all.</summary>
        Nothing,
    }

    public static TheoryData<int, int, Rule, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, Rule, bool>();
            foreach (var rule in Enum.GetValues<Rule>())
            {
                cases.Add(7, 300, rule, false);
                cases.Add(140, 520, rule, false);
                cases.Add(300, 300, rule, true);
                cases.Add(130, 520, rule, true);
                cases.Add(520, 300, rule, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Numbers_and_bools_rule_out_whole_tiles(
        int queries, int keys, Rule rule, bool causal)
    {
        var definition = new AttentionDefinition(queries, keys);
        var bools = Seen(queries, keys, rule);
        var numbers = Tensor.Where(
            bools, Tensor.Randn(bools.Shape, DType.Float64, new Generator(7)),
            double.NegativeInfinity);
        foreach (var (mask, added) in new[]
        {
            (bools, Tensor.Where(bools, 0.0, double.NegativeInfinity).To(DType.Float64)),
            (numbers, numbers),
            (bools[..1, ..1], Everywhere(bools[..1, ..1], queries)),
        })
        {
            var (y, gq, gk, gv, _) = definition.Compute(added.ToArray<double>(), causal);
            double[][] expected = [y, gq, gk, gv];
            Check(definition, expected, mask, DType.Float64, causal, 1e-12);
            Check(definition, expected, mask, DType.Float32, causal, 2e-5);
        }
    }

    /// <summary>The mask of a batch of sequences of different lengths, here with what is missing
    /// in front, and one without any key.</summary>
    [Theory]
    [InlineData(40, 300, false)]
    [InlineData(130, 520, false)]
    [InlineData(300, 520, true)]
    public void Keys_may_be_ruled_out_for_all_queries_of_a_sequence(
        int queries, int keys, bool causal)
    {
        foreach (var seen in new[] { keys - 270, 0 })
        {
            var definition = new AttentionDefinition(queries, keys);
            var key = Tensor.Arange(keys);
            var mask = Tensor.Stack([key.Ge(0), key.Ge(keys - seen)])
                .Reshape(AttentionDefinition.Batch, 1, 1, keys);
            var (y, gq, gk, gv, _) =
                definition.Compute(Everywhere(mask, queries).ToArray<double>(), causal);
            Check(definition, [y, gq, gk, gv], mask, DType.Float64, causal, 1e-12);
            Check(definition, [y, gq, gk, gv], mask, DType.Float32, causal, 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dropout_is_of_what_the_mask_leaves(int queries, int keys, Rule rule, bool causal)
    {
        var definition = new AttentionDefinition(queries, keys);
        var mask = Seen(queries, keys, rule);
        var generator = new Generator(3);
        var state = generator.Base;
        var keep = Tensor.Bernoulli(mask.Shape, 0.7, DType.Float64, generator) / 0.7;
        var (y, gq, gk, gv, _) = definition.Compute(
            Everywhere(mask, queries).ToArray<double>(), causal, keep.ToArray<double>());
        foreach (var (type, tolerance) in new[]
        {
            (DType.Float64, 1e-12), (DType.Float32, 2e-5),
        })
        {
            Check(definition, [y, gq, gk, gv], mask, type, causal, tolerance, () =>
            {
                generator.Base = state;
                return generator;
            });
        }
    }

    [Theory]
    [InlineData(40, 300, Rule.NotTheFirstTile, false)]
    [InlineData(40, 520, Rule.Nothing, false)]
    [InlineData(130, 300, Rule.NotTheFirstTile, true)]
    public void A_mask_may_have_a_gradient(int queries, int keys, Rule rule, bool causal)
    {
        var definition = new AttentionDefinition(queries, keys);
        var mask = Tensor.Where(Seen(queries, keys, rule), 0.5, double.NegativeInfinity)
            .To(DType.Float64);
        var (y, gq, gk, gv, gmask) = definition.Compute(mask.ToArray<double>(), causal);
        mask.RequiresGrad = true;
        Check(definition, [y, gq, gk, gv], mask, DType.Float64, causal, 1e-12);
        Close(gmask, mask.Grad!, 1e-12);
    }

    private static void Check(AttentionDefinition definition, double[][] expected, Tensor mask,
        DType type, bool causal, double tolerance, Func<Generator>? generator = null)
    {
        Tensor[] operands = [definition.Q, definition.K, definition.V];
        if (mask.DType == DType.Float64)
        {
            mask = mask.To(type);
        }
        Tensor[] Run()
        {
            mask.Grad = null;
            Tensor[] x = [.. operands.Select(t => t.To(type).Clone())];
            foreach (var leaf in x)
            {
                leaf.RequiresGrad = true;
            }
            var y = x[0].ScaledDotProductAttention(x[1], x[2], mask, causal,
                generator is null ? 0 : 0.3, generator: generator?.Invoke());
            y.Backward(definition.Gy.To(type));
            return [y.Detach(), .. x.Select(t => t.Grad!)];
        }
        var actual = Run();
        for (var i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], tolerance);
        }
        KernelData.OnAnyThreads(() =>
            (double[])[.. Run().SelectMany(t => t.To(DType.Float64).ToArray<double>())]);
    }

    private static void Close(double[] expected, Tensor actual, double tolerance)
    {
        var largest = Math.Max(1, expected.Max(Math.Abs));
        var numbers = actual.To(DType.Float64).ToArray<double>();
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], numbers[i], tolerance * largest);
        }
    }

    /// <summary>Which keys a query sees; some are left out everywhere, at random.</summary>
    private static Tensor Seen(int queries, int keys, Rule rule)
    {
        var random = new Random(5);
        var seen = new bool[AttentionDefinition.Batch * AttentionDefinition.Heads * queries * keys];
        for (var i = 0; i < seen.Length; i++)
        {
            var (query, key) = (i / keys % queries, i % keys);
            seen[i] = random.Next(4) > 0 && (query % 3 != 1 || rule switch
            {
                Rule.NotTheFirstTile => key >= Tile,
                Rule.OnlyTheFirstTile => key < Tile,
                Rule.OnlyTheLastKey => key == keys - 1,
                _ => false,
            });
        }
        return Tensor.From(
            seen, new Shape(AttentionDefinition.Batch, AttentionDefinition.Heads, queries, keys));
    }

    /// <summary>What a mask of bools adds to every score.</summary>
    private static Tensor Everywhere(Tensor mask, int queries) => Tensor
        .Where(mask, 0.0, double.NegativeInfinity).To(DType.Float64)
        .Expand(AttentionDefinition.Batch, AttentionDefinition.Heads, queries, mask.Shape[^1])
        .Contiguous();
}
