using System.Security.Cryptography;
using System.Text;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>A case with one list of arguments, in one type.</summary>
public sealed class OpRun
{
    private readonly double[][] _numbers;

    /// <summary>Makes the arguments.</summary>
    public OpRun(OpCase @case, Input[] inputs, DType type)
    {
        Case = @case;
        Inputs = inputs;
        Type = type;
        _numbers = [.. inputs.Select((input, i) => input.Numbers(i, type))];
    }

    /// <summary>The case.</summary>
    public OpCase Case { get; }

    /// <summary>The arguments.</summary>
    public Input[] Inputs { get; }

    /// <summary>The type it runs in.</summary>
    public DType Type { get; }

    /// <summary>The arguments' numbers.</summary>
    public IReadOnlyList<double[]> Numbers => _numbers;

    /// <summary>The key of its reference values: all floats share one.</summary>
    public string Key => $"{Case.Name}({string.Join(", ", Inputs.Select(x => x.Shape))})"
        + (Type.IsFloat ? "" : $" {Type}");

    /// <summary>A digest of all that its reference values depend on.</summary>
    public string Hash
    {
        get
        {
            var text = new StringBuilder($"1 {Case.Torch} {Case.Differentiable} {Type.IsFloat}");
            for (var i = 0; i < Inputs.Length; i++)
            {
                text.Append($" {Inputs[i].Shape} {Inputs[i].DType} {Inputs[i].HasGradient} ")
                    .AppendJoin(' ', _numbers[i]);
            }
            return Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
        }
    }

    /// <summary>Whether a gradient with respect to an argument is asked.</summary>
    public bool HasGradient(int input) =>
        Inputs[input].HasGradient && Inputs[input].TypeIn(Type).IsFloat;

    /// <summary>Whether any gradient is asked.</summary>
    public bool IsDifferentiable => Case.Differentiable && Type.IsFloat
        && Enumerable.Range(0, Inputs.Length).Any(HasGradient);

    /// <summary>New tensors of the arguments.</summary>
    public Tensor[] Arguments() => [.. Inputs.Select((input, i) =>
        Numeric.Make(_numbers[i], input.Shape, input.TypeIn(Type)))];

    /// <summary>Gradients of Σ outputs · cotangents with respect to arguments, which become leaves
    /// (null where none is asked).</summary>
    public (Tensor[] Outputs, Tensor?[] Gradients) Differentiate(
        Tensor[] x, bool createGraph = false)
    {
        var leaves = x.Select((tensor, i) => HasGradient(i) ? Leaf(tensor) : tensor).ToArray();
        return Differentiate(leaves, Enumerable.Range(0, x.Length).Where(HasGradient).ToArray(),
            createGraph);
    }

    private (Tensor[] Outputs, Tensor?[] Gradients) Differentiate(
        Tensor[] leaves, int[] wanted, bool createGraph)
    {
        var y = Case.Function(leaves);
        var roots = y
            .Select((tensor, k) => (Tensor: tensor, Cotangent: Numeric.Cotangent(tensor, k)))
            .Where(root => root.Tensor.RequiresGrad).ToArray();
        var gradients = new Tensor?[leaves.Length];
        if (roots.Length > 0)
        {
            var found = Tensor.Gradients([.. roots.Select(root => root.Tensor)],
                [.. wanted.Select(i => leaves[i])], [.. roots.Select(root => root.Cotangent)],
                createGraph: createGraph);
            for (var i = 0; i < wanted.Length; i++)
            {
                gradients[wanted[i]] = found[i];
            }
        }
        return (y, gradients);
    }

    private static Tensor Leaf(Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
