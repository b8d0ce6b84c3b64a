namespace Nabla.Nn;

/// <summary>
/// Says that what a module's field holds is no part of the module, e.g. a reference to its parent.
/// On an auto-property: <c>[field: NotRegistered]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NotRegisteredAttribute : Attribute;
