using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// What a test file declares of an op: how to call it, what PyTorch calls it, and its arguments.
/// <see cref="OpTests"/> makes the tests of it.
/// </summary>
/// <example><code>
/// new OpCase("sigmoid", x => x[0].Sigmoid(), "torch.sigmoid(x0)", Inputs.Normal(3, 4))
///     .Elementwise()
/// </code></example>
public sealed record OpCase
{
    /// <summary>An op of one output.</summary>
    /// <param name="name">The case's name, unique in its test class.</param>
    /// <param name="function">The op on its arguments.</param>
    /// <param name="torch">The same in Python, of <c>x0</c>, <c>x1</c> …, with <c>torch</c>,
    /// <c>F</c> and <c>math</c> at hand: an expression, or statements that end with <c>return</c>;
    /// several outputs are a tuple.</param>
    /// <param name="inputs">The arguments.</param>
    public OpCase(
        string name, Func<Tensor[], Tensor> function, string torch, params Input[] inputs)
        : this(name, x => new[] { function(x) }, torch, inputs)
    {
    }

    /// <summary>An op of several outputs.</summary>
    public OpCase(
        string name, Func<Tensor[], Tensor[]> function, string torch, params Input[] inputs)
    {
        Name = name;
        Function = function;
        Torch = torch;
        Variants = [inputs];
    }

    /// <summary>The case's name.</summary>
    public string Name { get; }

    /// <summary>The op on its arguments.</summary>
    public Func<Tensor[], Tensor[]> Function { get; }

    /// <summary>The same in Python.</summary>
    public string Torch { get; }

    /// <summary>What to compare with where PyTorch has no such op, from the same arguments; then
    /// gradients are compared with finite differences only.</summary>
    public Func<Tensor[], Tensor[]>? Reference { get; init; }

    /// <summary>All argument lists.</summary>
    public IReadOnlyList<Input[]> Variants { get; private init; }

    /// <summary>The types it runs in: floats share PyTorch's value in float64, each type of
    /// integers has its own.</summary>
    public DType[] DTypes { get; init; } = [DType.Float32, DType.Float64];

    /// <summary>The difference allowed in float32, relative to the larger of 1 and the
    /// value.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The difference allowed in float32 gradients.</summary>
    public double GradTolerance { get => field > 0 ? field : 2 * Tolerance; init; }

    /// <summary>The difference allowed in float64.</summary>
    public double Tolerance64 { get; init; } = 1e-8;

    /// <summary>Whether it has a gradient; if not, its outputs must not ask for one.</summary>
    public bool Differentiable { get; init; } = true;

    /// <summary>Whether its gradient is smooth enough to be differentiated and compared.</summary>
    public bool TwiceDifferentiable { get; init; } = true;

    /// <summary>Whether it can be captured: false where values decide shapes.</summary>
    public bool Capturable { get; init; } = true;

    /// <summary>The case with one more list of arguments.</summary>
    public OpCase Also(params Input[] inputs) => this with { Variants = [.. Variants, inputs] };

    /// <summary>The case also on shapes that find the edges of elementwise loops: odd lengths, no
    /// dimension, no element, and (of several arguments) broadcasting in every way.</summary>
    public OpCase Elementwise()
    {
        var prototype = Variants[0];
        Shape[][] shapes = prototype.Length switch
        {
            1 => [[[]], [[17]], [[2, 33]], [[0, 3]]],
            2 => [[[], []], [[17], [17]], [[3, 1], [4]], [[], [5]], [[2, 3], []], [[1], [2, 33]],
                [[0, 3], [1]]],
            3 => [[[], [], []], [[17], [17], [17]], [[3, 1], [4], [2, 1, 1]], [[2, 3], [], [3]],
                [[0, 3], [1], []]],
            _ => throw new InvalidOperationException($"{Name}: {prototype.Length} arguments"),
        };
        return this with
        {
            Variants =
            [
                .. Variants,
                .. shapes.Select(list => list.Select(
                    (shape, i) => prototype[i] with { Shape = shape }).ToArray()),
            ],
        };
    }
}
