using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>What is checked of each run of an op case; a check throws where it fails.</summary>
internal static class OpChecks
{
    /// <summary>Enough replays that emitted code has taken over from the interpreter.</summary>
    private const int Replays = 6;

    /// <summary>More elements than this are checked along random directions.</summary>
    private const int MaxElements = 100;

    /// <summary>Outputs have PyTorch's shapes, types and values.</summary>
    public static void Values(OpRun run, Golden golden)
    {
        var y = run.Case.Function(run.Arguments());
        Assert.Equal(golden.Outputs.Length, y.Length);
        for (var k = 0; k < y.Length; k++)
        {
            var expected = golden.Outputs[k];
            Assert.Equal(new Shape(expected.Shape), y[k].Shape);
            Assert.Equal(TypeOf(expected.Type, run), y[k].DType);
            Equal($"output {k}", y[k].Numbers(), expected.Numbers(),
                Tolerance(run, y[k].DType, run.Case.Tolerance));
        }
    }

    /// <summary>Gradients of Σ outputs · cotangents are PyTorch's; an op without gradient asks for
    /// none.</summary>
    public static void Gradients(OpRun run, Golden golden)
    {
        var (y, gradients) = run.Differentiate(run.Arguments());
        if (!run.IsDifferentiable)
        {
            Assert.All(y, output => Assert.False(output.RequiresGrad,
                "an output requires a gradient, but the case is not differentiable"));
            return;
        }
        if (run.Case.Reference is not null)
        {
            return;
        }
        for (var i = 0; i < gradients.Length; i++)
        {
            var expected = golden.Gradients[i]?.Numbers() ?? new double[run.Numbers[i].Length];
            if (run.HasGradient(i))
            {
                Equal($"gradient {i}", gradients[i]?.Numbers() ?? new double[expected.Length],
                    expected, Tolerance(run, run.Type, run.Case.GradTolerance));
            }
        }
    }

    /// <summary>Transposed, sliced and expanded arguments give what contiguous copies
    /// give.</summary>
    public static void Strides(OpRun run)
    {
        var tolerance = Tolerance(run, run.Type, run.Case.Tolerance);
        foreach (var (name, view) in StridedLayouts.All)
        {
            var x = run.Arguments();
            var strided = Array.ConvertAll(x, tensor => view(tensor));
            var dense = Array.ConvertAll(strided, tensor =>
                Numeric.Make(tensor.Numbers(), tensor.Shape, tensor.DType));
            var (y, gradients) = run.Differentiate(strided);
            var (expected, expectedGradients) = run.Differentiate(dense);
            Same($"{name} arguments: output", y, expected, tolerance);
            Same($"{name} arguments: gradient", gradients, expectedGradients, tolerance);
        }
    }

    /// <summary>Gradients are the slopes of the function.</summary>
    public static void FiniteDifferences(OpRun run) =>
        GradCheck.Run(Differentiable(run), WithGradients(run), maxElements: MaxElements);

    /// <summary>Gradients of gradients are the slopes of the gradients.</summary>
    public static void SecondDifferences(OpRun run) =>
        GradGradCheck.Run(Differentiable(run), WithGradients(run), maxElements: MaxElements);

    /// <summary>A replayed graph gives the eager values and gradients, again and again.</summary>
    public static void Capture(OpRun run)
    {
        var step = new CapturedStep(x =>
        {
            var (y, gradients) = run.Differentiate(x);
            return [.. y, .. gradients.OfType<Tensor>()];
        });
        string? broken = null;
        step.OnBreak += reason => broken = reason;
        var (y, gradients) = run.Differentiate(run.Arguments());
        Tensor?[] expected = [.. y, .. gradients.OfType<Tensor>()];
        for (var replay = 0; replay < Replays; replay++)
        {
            var actual = step.Run(run.Arguments());
            Assert.True(broken is null, broken);
            Assert.True(step.WasCaptured, "the step was not captured");
            Same("captured result", actual, expected,
                Tolerance(run, run.Type, run.Case.Tolerance));
        }
    }

    /// <summary>Neither forward nor backward writes to an argument.</summary>
    public static void Purity(OpRun run)
    {
        var x = run.Arguments();
        var versions = Array.ConvertAll(x, tensor => tensor.Version);
        run.Differentiate(x);
        for (var i = 0; i < x.Length; i++)
        {
            Equal($"argument {i}", x[i].Numbers(), run.Arguments()[i].Numbers(), 0);
            Assert.Equal(versions[i], x[i].Version);
        }
    }

    private static Func<Tensor[], Tensor[]> Differentiable(OpRun run) =>
        x => [.. run.Case.Function(x).Where(y => y.DType.IsFloat)];

    private static Tensor[] WithGradients(OpRun run)
    {
        var x = run.Arguments();
        for (var i = 0; i < x.Length; i++)
        {
            if (run.HasGradient(i))
            {
                x[i].RequiresGrad = true;
            }
        }
        return x;
    }

    private static double Tolerance(OpRun run, DType type, double single) => type switch
    {
        DType.Float64 => run.Case.Tolerance64,
        DType.Float32 => single,
        DType.Float16 => Math.Max(single, 1e-2),
        DType.BFloat16 => Math.Max(single, 5e-2),
        _ => 0,
    };

    private static DType TypeOf(string torch, OpRun run) => torch switch
    {
        // All floats share what was computed in float64.
        "float64" when run.Type.IsFloat => run.Type,
        "float64" => DType.Float64,
        "float16" => DType.Float16,
        "bfloat16" => DType.BFloat16,
        "float32" => DType.Float32,
        "int64" => DType.Int64,
        "int32" => DType.Int32,
        "uint8" => DType.UInt8,
        "bool" => DType.Bool,
        _ => throw new InvalidDataException($"PyTorch returned {torch}"),
    };

    private static void Same(string what, Tensor?[] actual, Tensor?[] expected, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i] is null, actual[i] is null);
            if (expected[i] is { } e && actual[i] is { } a)
            {
                Assert.Equal(e.Shape, a.Shape);
                Assert.Equal(e.DType, a.DType);
                Equal($"{what} {i}", a.Numbers(), e.Numbers(), tolerance);
            }
        }
    }

    private static void Equal(string what, double[] actual, double[] expected, double tolerance)
    {
        var difference = Numeric.Difference(actual, expected, tolerance);
        Assert.True(difference is null, $"{what}: {difference}");
    }
}
