using System.Runtime.CompilerServices;
using Nabla.Graphs;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>Notes the calls of a network's layers, for <see cref="ModuleSummary"/>.</summary>
internal sealed class ModuleSummaryCalls : ModuleObserver
{
    private readonly Dictionary<Module, string> _names =
        new(ReferenceEqualityComparer.Instance);

    private readonly List<Call> _calls = [];

    public ModuleSummaryCalls(Module root)
    {
        foreach (var (name, module) in root.NamedModules())
        {
            _names[module] = name;
        }
    }

    /// <summary>A module's class without type arguments.</summary>
    public static string NameOf(Module module) => module.GetType().Name.Split('`')[0];

    /// <inheritdoc/>
    public override void Entering<TIn>(Module module, TIn x)
    {
    }

    /// <inheritdoc/>
    public override void Left<TIn, TOut>(Module module, TIn x, TOut y)
    {
        if (_names.ContainsKey(module) && First(x) is { } input && First(y) is { } output)
        {
            _calls.Add(new Call(module, input, output));
        }
    }

    /// <summary>Forgets the calls of an unfinished pass.</summary>
    public void Clear() => _calls.Clear();

    /// <summary>Inputs, then outputs of all calls: what a trace returns to be asked about.
    /// </summary>
    public Tensor[] Tensors() =>
        [.. _calls.Select(call => call.Input), .. _calls.Select(call => call.Output)];

    /// <summary>The receptive fields of all calls' outputs, from a trace that returned
    /// <see cref="Tensors"/>.</summary>
    public ReceptiveField?[] Fields(Graph graph)
    {
        var known = new Dictionary<GraphValue, ReceptiveField?>
        {
            [graph.Inputs[0]] = ReceptiveField.Pixel,
        };
        var fields = new ReceptiveField?[_calls.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var (module, input, output) = _calls[i];
            var value = graph.Outputs[fields.Length + i];
            if (IsLeaf(module))
            {
                known[value] = IsImage(input.Shape) && IsImage(output.Shape)
                    ? Seen(graph.Outputs[i], known)?.Then(
                        module.Window(input.Shape, output.Shape))
                    : null;
            }
            fields[i] = Seen(value, known);
        }
        return fields;
    }

    /// <summary>The calls that are worth a row: of layers, and of modules with parameters of their
    /// own.</summary>
    public IReadOnlyList<LayerSummary> Layers(IReadOnlyList<ReceptiveField?> fields)
    {
        var layers = new List<LayerSummary>();
        var counted = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _calls.Count; i++)
        {
            var (module, input, output) = _calls[i];
            var parameters = ModuleFields.Of(module).Select(member => member.Value)
                .OfType<Parameter>().Where(counted.Add).Sum(parameter => (long)parameter.Count);
            var work = module.MultiplyAdds(input.Shape, output.Shape);
            if (IsLeaf(module) || parameters > 0 || work > 0)
            {
                layers.Add(new LayerSummary(_names[module], NameOf(module), output.Shape,
                    parameters, work, i < fields.Count ? fields[i] : null,
                    output.Storage == input.Storage ? 0 : output.Count * output.DType.Size));
            }
        }
        return layers;
    }

    /// <summary>What a value sees that ops between layers computed: ops that keep the image's size
    /// look at the pixel of its place.</summary>
    private static ReceptiveField? Seen(
        GraphValue value, Dictionary<GraphValue, ReceptiveField?> known)
    {
        if (known.TryGetValue(value, out var field))
        {
            return field;
        }
        foreach (var input in value.Producer?.Inputs ?? [])
        {
            var shape = input.Spec.Shape;
            if (!IsImage(shape) || input.External is not null)
            {
                continue;
            }
            if (!IsImage(value.Spec.Shape) || Seen(input, known) is not { } seen)
            {
                field = null;
                break;
            }
            if (shape[^2] != value.Spec.Shape[^2] || shape[^1] != value.Spec.Shape[^1])
            {
                if (shape[^2] != 1 || shape[^1] != 1)
                {
                    field = null;
                    break;
                }
                // A gate of the whole image, spread over it: its outputs lie as the image's do.
                seen = seen with { Step = 1 };
            }
            field = field?.And(seen) ?? seen;
        }
        known[value] = field;
        return field;
    }

    private static bool IsLeaf(Module module) => !module.Children().Any();

    private static bool IsImage(Shape shape) => shape.Rank == 4;

    private static Tensor? First<T>(T value) => value switch
    {
        Tensor tensor => tensor,
        ITuple { Length: > 0 } tuple => tuple[0] as Tensor,
        _ => null,
    };

    private sealed record Call(Module Module, Tensor Input, Tensor Output);
}
