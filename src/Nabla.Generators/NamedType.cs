using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nabla.Generators;

/// <summary>A type with a <c>[RegisteredName]</c>.</summary>
/// <param name="type">Its full name.</param>
/// <param name="name">The name that it is registered under.</param>
/// <param name="bases">The full names of its base classes and interfaces.</param>
internal sealed class NamedType(string type, string name, IReadOnlyList<string> bases)
    : IEquatable<NamedType>
{
    public string Type { get; } = type;

    public string Name { get; } = name;

    public IReadOnlyList<string> Bases { get; } = bases;

    public static NamedType Of(GeneratorAttributeSyntaxContext source)
    {
        var symbol = (INamedTypeSymbol)source.TargetSymbol;
        var bases = symbol.AllInterfaces.ToList();
        for (var level = symbol.BaseType; level is not null; level = level.BaseType)
        {
            bases.Add(level);
        }
        return new NamedType(
            Full(symbol), source.Attributes[0].ConstructorArguments[0].Value as string ?? "",
            bases.ConvertAll(Full));
    }

    /// <summary>A type's name with its namespaces.</summary>
    public static string Full(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    // By value, so that an edit elsewhere writes nothing anew.
    public bool Equals(NamedType? other) => other is not null && Type == other.Type
        && Name == other.Name && Bases.SequenceEqual(other.Bases);

    public override bool Equals(object? other) => Equals(other as NamedType);

    public override int GetHashCode() => Type.GetHashCode() ^ Name.GetHashCode();
}
