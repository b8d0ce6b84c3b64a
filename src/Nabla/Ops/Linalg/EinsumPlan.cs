using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>An equation of <see cref="EinsumOps"/>, read and checked against its operands.
/// </summary>
internal sealed class EinsumPlan
{
    private const string Dots = "...";

    /// <summary>Labels of the dimensions that dots stand for, the last first: no letters.</summary>
    private const char FirstDot = '\uE000';

    private readonly string _equation;
    private readonly string[] _inputs;
    private readonly Dictionary<char, long> _sizes = [];

    public EinsumPlan(string equation, ReadOnlySpan<Tensor> operands)
    {
        _equation = equation.Replace(" ", "", StringComparison.Ordinal);
        var sides = _equation.Split("->");
        _inputs = sides[0].Split(',');
        if (sides.Length > 2)
        {
            throw Wrong("there is more than one arrow");
        }
        if (_inputs.Length != operands.Length)
        {
            throw Wrong($"the left side is for {_inputs.Length} operands, but {operands.Length} "
                + "were given");
        }
        var widest = 0;
        for (var i = 0; i < _inputs.Length; i++)
        {
            var hasDots = _inputs[i].Contains(Dots);
            var letters = Letters(_inputs[i]);
            var hidden = operands[i].Rank - letters.Length;
            if (hidden < 0 || (hidden > 0 && !hasDots))
            {
                throw Wrong($"'{_inputs[i]}' does not fit operand {i} of shape "
                    + $"{operands[i].Shape}");
            }
            widest = Math.Max(widest, hidden);
            _inputs[i] = Expanded(_inputs[i], hidden);
            for (var d = 0; d < _inputs[i].Length; d++)
            {
                NoteSize(_inputs[i][d], operands[i].Shape.Dims[d], i);
            }
        }
        Output = sides.Length == 2 ? Explicit(sides[1], widest) : Implicit(widest);
    }

    /// <summary>The labels of the output.</summary>
    public string Output { get; }

    /// <summary>The size of each label's dimension.</summary>
    public IReadOnlyDictionary<char, long> Sizes => _sizes;

    /// <summary>An operand, of which a label that occurs twice is the diagonal.</summary>
    public EinsumOps.Labelled Term(int operand, Tensor x)
    {
        var labels = _inputs[operand];
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = labels.IndexOf(labels[i], i + 1); j > 0;
                j = labels.IndexOf(labels[i], i + 1))
            {
                // The diagonal comes last.
                x = x.Diagonal(0, i, j);
                labels = labels.Remove(j, 1).Remove(i, 1) + labels[i];
                i = Math.Max(0, i - 1);
            }
        }
        return new EinsumOps.Labelled(x, labels);
    }

    private static string Letters(string part) =>
        part.Replace(Dots, "", StringComparison.Ordinal);

    private static string Expanded(string part, int hidden)
    {
        var dots = string.Concat(
            Enumerable.Range(0, hidden).Select(i => (char)(FirstDot + hidden - 1 - i)));
        return part.Replace(Dots, dots, StringComparison.Ordinal);
    }

    private void NoteSize(char label, long size, int operand)
    {
        if (label is < FirstDot and not (>= 'a' and <= 'z') and not (>= 'A' and <= 'Z'))
        {
            throw Wrong($"'{label}' is no label; labels are letters, and dots come in threes");
        }
        var known = _sizes.GetValueOrDefault(label, 1);
        if (size != known && size != 1 && known != 1)
        {
            throw Wrong($"'{Shown(label)}' is {known} long before operand {operand}, and {size} "
                + "there");
        }
        _sizes[label] = size == 1 ? known : size;
    }

    private string Explicit(string side, int widest)
    {
        var output = Expanded(side, widest);
        foreach (var label in output)
        {
            if (!_sizes.ContainsKey(label))
            {
                throw Wrong($"the output's '{Shown(label)}' is in no operand");
            }
            if (output.IndexOf(label) != output.LastIndexOf(label))
            {
                throw Wrong($"the output has '{Shown(label)}' twice");
            }
        }
        return output;
    }

    private string Implicit(int widest)
    {
        var all = string.Concat(_inputs);
        return Expanded(Dots, widest) + string.Concat(all
            .Where(label => label < FirstDot && all.IndexOf(label) == all.LastIndexOf(label))
            .Order());
    }

    private static string Shown(char label) => label >= FirstDot ? Dots : $"{label}";

    private ArgumentException Wrong(string what) => new($"Einsum: in \"{_equation}\" {what}");
}
