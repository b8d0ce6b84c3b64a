using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>
/// A program of ops drawn at random, always the same for a seed: what a person might write, in
/// orders that nobody thought of. It runs eagerly, as a captured step, or compiled.
/// </summary>
internal sealed partial class RandomProgram
{
    private const int MaxNumbers = 60_000;

    /// <summary>Rows of a table that whole numbers choose from.</summary>
    private const int Tokens = 11;

    private readonly int _seed;
    private readonly DType _type;
    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _values = [];
    private readonly List<string> _text = [];
    private readonly bool _trains;
    private readonly long _most;
    private Random _random = new(0);
    private int _used;

    /// <param name="seed">Which program.</param>
    /// <param name="type">Of its numbers.</param>
    /// <param name="trains">Batch norms take the batch's statistics, and there is dropout.</param>
    /// <param name="size">How many times as long the sides of images are.</param>
    public RandomProgram(int seed, DType type, bool trains, int size = 1)
    {
        (_seed, _type, _trains) = (seed, type, trains);
        _most = MaxNumbers * (long)size * size;
        _random = new Random(seed);
        var batch = Any(2, 3, 8, 16, 33);
        Input = _random.Next(size > 1 ? 4 : 7) switch
        {
            < 4 => Numbers(
                new Shape(Any(2, 4, 8, 16), Any(3, 8, 16, 32), Any(5, 8, 12) * size,
                    Any(6, 8, 12) * size), 1),
            4 => Numbers(new Shape(batch, Any(5, 16, 24, 64)), 1),
            5 => Numbers(new Shape(Any(2, 4, 8), Any(3, 8, 16), Any(8, 16, 32)), 1),
            _ => Tensor.Arange(batch * 8).Reshape(batch, 8) * 7 % Tokens,
        };
        using (GradMode.NoGrad())
        {
            Run(Input);
        }
    }

    /// <summary>An argument for <see cref="Run"/>.</summary>
    public Tensor Input { get; }

    /// <summary>What the program has to learn.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>The ops, in order.</summary>
    public string Text => string.Join("; ", _text);

    /// <summary>The last value.</summary>
    public Tensor Run(Tensor x)
    {
        _random = new Random(_seed + 1);
        _used = 0;
        _values.Clear();
        _text.Clear();
        // All depends on a parameter.
        _values.Add(x.DType != DType.Int64
            ? x * Parameter(1, x.Shape[^1])
            : x.Embedding(Parameter(1, Tokens, Any(8, 16, 24))));
        for (var left = _random.Next(3, 16); left > 0; left--)
        {
            var y = Next(Pick());
            if (y.Shape.Count > 0 && y.Shape.Count <= _most)
            {
                _values.Add(y);
            }
        }

        return _values[^1];
    }

    /// <summary>A step of training: the loss and all gradients; the parameters learn.</summary>
    public Tensor[] Step(Tensor x)
    {
        foreach (var p in _parameters)
        {
            p.Grad = null;
        }

        var y = Run(x);
        var loss = y.Square().Mean();
        for (var i = 0; i < 2; i++)
        {
            loss += Pick().Mean() * 0.5;
        }

        if (y.Rank == 2 && _random.Next(2) == 0)
        {
            loss += y.CrossEntropy(Tensor.Arange(y.Shape[0]) % y.Shape[1]);
        }

        loss.Backward();
        var outputs = new List<Tensor> { loss };
        using (GradMode.NoGrad())
        {
            foreach (var p in _parameters)
            {
                if (p.Grad is { } gradient)
                {
                    outputs.Add(gradient);
                    p.Assign(p - (gradient * 0.01));
                }
            }
        }

        return [.. outputs];
    }

    private int Any(params int[] choices) => choices[_random.Next(choices.Length)];

    /// <summary>A value, the last ones most often.</summary>
    private Tensor Pick() =>
        _values[_values.Count - 1 - (int)(_values.Count * Math.Pow(_random.NextDouble(), 3))];

    /// <summary>Another value of the same shape, or the value itself.</summary>
    private Tensor Like(Tensor x)
    {
        var same = _values.FindAll(v => v.Shape == x.Shape);
        return same.Count == 0 ? x : same[_random.Next(same.Count)];
    }

    private Tensor Numbers(Shape shape, double scale)
    {
        var numbers = new double[shape.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ((_random.NextDouble() * 2) - 1) * scale;
        }

        return Tensor.From(numbers, shape).To(_type);
    }

    /// <summary>The next parameter; made by the first run.</summary>
    private Tensor Parameter(double scale, params long[] shape)
    {
        if (_used == _parameters.Count)
        {
            var random = _random;
            _random = new Random((_seed * 100) + _used);
            var made = Capture.Outside(() => Numbers(new Shape(shape), scale));
            made.RequiresGrad = true;
            _parameters.Add(made);
            _random = random;
        }

        return _parameters[_used++];
    }

    private Tensor Note(string text, Tensor y)
    {
        _text.Add($"{text} {y.Shape}");
        return y;
    }

    private Tensor Next(Tensor x) => _random.Next(2) == 0
        ? Pointwise(x)
        : (x.Rank, _random.Next(3)) switch
        {
            (2, > 0) => OfRows(x),
            (3, > 0) => OfTokens(x),
            (4, > 0) => OfImages(x),
            _ => Moved(x),
        };
}
