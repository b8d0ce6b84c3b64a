using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Graphs;

/// <summary>What the compiler makes of programs that nobody thought of is what they compute op by
/// op.</summary>
public sealed class RandomProgramsTests
{
    private const int Steps = 3;

    [Theory]
    [InlineData(0, 120)]
    [InlineData(120, 240)]
    public void A_captured_step_learns_what_the_eager_one_does(int from, int end)
    {
        for (var seed = from; seed < end; seed++)
        {
            CheckStep(seed);
        }
    }

    [Theory]
    [InlineData(0, 120)]
    [InlineData(120, 240)]
    public void A_compiled_function_computes_what_the_eager_one_does(int from, int end)
    {
        for (var seed = from; seed < end; seed++)
        {
            CheckInference(seed);
        }
    }

    /// <summary>The kernels for float64 are plain ones. Gradients are left out: near a kink the
    /// two may take different sides.</summary>
    [Fact]
    public void Losses_in_float32_are_those_in_float64()
    {
        for (var seed = 0; seed < 240; seed++)
        {
            var wide = new RandomProgram(seed, DType.Float64, trains: false);
            var narrow = new RandomProgram(seed, DType.Float32, trains: false);
            var expected = wide.Step(wide.Input)[0].ToArray<double>()[0];
            var actual = narrow.Step(narrow.Input)[0].Item();
            Assert.True(
                Math.Abs(expected - actual) <= 1e-4 * (1 + Math.Abs(expected)),
                $"program {seed}: {actual}, not {expected}: {narrow.Text}");
        }
    }

    [SlowTheory]
    [InlineData(1000, 2000, 1)]
    [InlineData(2000, 3000, 1)]
    [InlineData(3000, 3080, 6)]
    public void More_and_larger_programs_are_right_too(int from, int end, int size)
    {
        for (var seed = from; seed < end; seed++)
        {
            CheckStep(seed, size);
            CheckInference(seed, size);
        }
    }

    private static DType Type(int seed) => seed % 3 == 0 ? DType.Float64 : DType.Float32;

    private static void CheckStep(int seed, int size = 1)
    {
        var eager = new RandomProgram(seed, Type(seed), trains: true, size);
        var captured = new RandomProgram(seed, Type(seed), trains: true, size);
        Generator.ManualSeed(seed);
        var expected = new Tensor[Steps][];
        for (var i = 0; i < Steps; i++)
        {
            expected[i] = eager.Step(eager.Input);
        }

        Generator.ManualSeed(seed);
        var step = new CapturedStep(x => captured.Step(x[0]));
        for (var i = 0; i < Steps; i++)
        {
            var actual = step.Run(captured.Input);
            Assert.True(step.WasCaptured, $"program {seed}: {step.BreakReason}; {captured.Text}");
            Assert.Equal(expected[i].Length, actual.Length);
            for (var j = 0; j < actual.Length; j++)
            {
                Check(seed, $"output {j} of step {i}", expected[i][j], actual[j], captured.Text);
            }
        }
    }

    private static void CheckInference(int seed, int size = 1)
    {
        using var noGrad = GradMode.NoGrad();
        var program = new RandomProgram(seed, Type(seed), trains: false, size);
        var expected = program.Run(program.Input);
        var graph = InferenceGraph.Compile(program.Run, program.Input, program.Parameters);
        for (var i = 0; i < 2; i++)
        {
            Check(seed, "output", expected, graph.Run(program.Input), program.Text);
        }
    }

    /// <summary>Sums are taken in other orders, and kinks lie where they lie: what differs by more
    /// is wrong.</summary>
    private static void Check(
        int seed, string what, Tensor expected, Tensor actual, string program)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (x, y) = (expected.Double().ToArray<double>(), actual.Double().ToArray<double>());
        var bound = (expected.DType == DType.Float64 ? 1e-9 : 1e-4)
            * (1e-3 + x.Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < x.Length; i++)
        {
            Assert.True(double.IsFinite(x[i]), $"program {seed}: {what} is {x[i]}: {program}");
            Assert.True(
                Math.Abs(x[i] - y[i]) <= bound,
                $"program {seed}: {what}, {expected.Shape}, is {y[i]}, not {x[i]}: {program}");
        }
    }
}
