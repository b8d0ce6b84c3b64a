namespace Nabla;

/// <summary>The name by which people ask for a type, on the command line and in files: the
/// registries of models, data sets, optimizers and schedules are generated from it.</summary>
/// <param name="name">Lower case, words joined by hyphens: <c>adamw</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RegisteredNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
