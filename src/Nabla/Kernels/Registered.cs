namespace Nabla;

/// <summary>Something that can be asked for by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes one.</param>
public sealed record Registered<T>(string Name, Func<T> Create);
