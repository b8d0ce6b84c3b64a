namespace Nabla;

/// <summary>
/// Marks a static partial class that the source generator gives a list <c>All</c>: every type of
/// the assembly that derives from a base and has a <see cref="RegisteredNameAttribute"/>.
/// </summary>
/// <param name="base">The base class or interface.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RegistryAttribute(Type @base) : Attribute
{
    /// <summary>The base class or interface.</summary>
    public Type Base { get; } = @base;

    /// <summary>The static member of each type that holds its entry, a record with a name that is
    /// filled in; where it is null, the type is made by its constructor without arguments.
    /// </summary>
    public string? Member { get; init; }

    /// <summary>The type of <see cref="Member"/>.</summary>
    public Type? Entry { get; init; }
}
