using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>What an op's gradient rule sees.</summary>
public readonly ref struct Backprop
{
    private readonly GradNode _node;
    private readonly Tensor?[] _grads;

    internal Backprop(GradNode node, Tensor?[] grads)
    {
        _node = node;
        _grads = grads;
    }

    /// <summary>The gradient of the first output.</summary>
    public Tensor Grad => _grads[0]!;

    /// <summary>The gradient of an output, or null when nobody used it.</summary>
    public Tensor? GradOf(int output) => _grads[output];

    /// <summary>Whether an input needs a gradient.</summary>
    public bool Needs(int input) => _node.Edges[input].IsConnected;

    /// <summary>The number of inputs.</summary>
    public int InputCount => _node.Edges.Length;

    /// <summary>A saved input.</summary>
    public Tensor X(int input = 0) => _node.SavedInput(input);

    /// <summary>A saved output.</summary>
    public Tensor Y(int output = 0) => _node.SavedOutput(output);

    /// <summary>Shape and type of an input, saved or not.</summary>
    public TensorSpec InputSpec(int input = 0) => _node.InputSpecs[input];

    /// <summary>Shape and type of an output, saved or not.</summary>
    public TensorSpec OutputSpec(int output = 0) => _node.OutputSpecs[output];
}
