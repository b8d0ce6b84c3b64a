namespace Nabla.Nn;

/// <summary>
/// Sets the name under which a module's field appears in parameter names, in place of its own in
/// snake_case. An empty name puts the field's elements on the module's own level, as
/// <c>Sequential</c> does. On an auto-property: <c>[field: Name("…")]</c>.
/// </summary>
/// <param name="name">The name, without a dot.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
