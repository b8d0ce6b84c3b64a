using System.Diagnostics.CodeAnalysis;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A part of a network: fields that hold parameters, buffers and other modules, found without a
/// registration call. Arrays, lists and dictionaries of them count; names are the fields' in
/// PyTorch's snake_case. Derive from <see cref="Module{TIn, TOut}"/> for what can be called.
/// </summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.AllFields)]
public abstract class Module
{
    /// <summary>Whether the module behaves as in training (the default) or as in use: dropout
    /// drops, batch norm uses its batch's statistics.</summary>
    public bool IsTraining
    {
        get
        {
            Tracer.Current?.Guard(this, Watch);
            return field;
        }
        private set;
    } = true;

    /// <summary>The modules that this one holds directly, each once.</summary>
    public IEnumerable<Module> Children() => NamedChildren().Select(child => child.Module);

    /// <summary>The modules that this one holds directly, with their names, each once.</summary>
    public IEnumerable<(string Name, Module Module)> NamedChildren()
    {
        var seen = new HashSet<Module>(ReferenceEqualityComparer.Instance);
        foreach (var member in ModuleFields.Of(this))
        {
            if (member.Value is Module child && seen.Add(child))
            {
                yield return (member.Name, child);
            }
        }
    }

    /// <summary>This module and all inside it, each once, parents first.</summary>
    public IEnumerable<Module> Modules() => NamedModules().Select(module => module.Module);

    /// <summary>This module (named "") and all inside it, with dotted names, parents first.
    /// </summary>
    public IEnumerable<(string Name, Module Module)> NamedModules() => ModuleTree.Walk(this, "");

    /// <summary>All parameters, each once, a module's own before its children's.</summary>
    public IEnumerable<Parameter> Parameters() =>
        NamedParameters().Select(parameter => parameter.Parameter);

    /// <summary>All parameters with dotted names, e.g. <c>layer1.0.conv1.weight</c>. A parameter
    /// that several modules share is listed once, under its first name.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters()
    {
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in ModuleTree.Tensors(this))
        {
            if (tensor is Parameter parameter && seen.Add(parameter))
            {
                yield return (name, parameter);
            }
        }
    }

    /// <summary>All buffers, each once.</summary>
    public IEnumerable<ModuleBuffer> Buffers() => NamedBuffers().Select(buffer => buffer.Buffer);

    /// <summary>All buffers with dotted names, each once.</summary>
    public IEnumerable<(string Name, ModuleBuffer Buffer)> NamedBuffers()
    {
        var seen = new HashSet<ModuleBuffer>(ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in ModuleTree.Tensors(this))
        {
            if (tensor is ModuleBuffer buffer && seen.Add(buffer))
            {
                yield return (name, buffer);
            }
        }
    }

    /// <summary>What the layer's own line says beside its type, e.g. <c>64, 10, bias</c>.</summary>
    protected virtual string Description => "";

    /// <summary>The tree of layers, as PyTorch prints it.</summary>
    public override string ToString() => ModuleTree.Print(this);

    /// <summary>
    /// Multiply-adds of one call, or null for a module that is the sum of its children. Layers that
    /// multiply matrices or convolve override it; the others count as 0.
    /// </summary>
    /// <param name="input">The input's shape.</param>
    /// <param name="output">The output's shape.</param>
    protected internal virtual long MultiplyAdds(Shape input, Shape output) => 0;

    /// <summary>
    /// What a pixel of the output sees of the input; by default the pixel of its place. Layers with
    /// windows override it, for <see cref="ModuleSummary"/>.
    /// </summary>
    /// <param name="input">The input's shape.</param>
    /// <param name="output">The output's shape.</param>
    protected internal virtual ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Pixel;

    internal string Describe() => Description;

    /// <summary>Looks at what decides how the module computes now; the result says later what has
    /// changed, or null.</summary>
    internal virtual Func<string?> Watch()
    {
        var (mode, members) = (IsTraining, ModuleFields.Watch(this));
        return () => IsTraining == mode ? members()
            : $"{GetType().Name}: train or eval mode has changed";
    }

    internal void SetTraining(bool mode)
    {
        if (IsTraining != mode)
        {
            IsTraining = mode;
            TraceHooks.Invalidate();
        }
    }
}
