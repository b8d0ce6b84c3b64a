using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nabla.Generators;

/// <summary>A partial class with <c>[Registry]</c>.</summary>
internal sealed class RegistryClass : IEquatable<RegistryClass>
{
    private RegistryClass(string space, string name, string @base, string? member, string entry) =>
        (Namespace, Name, Base, Member, Entry) = (space, name, @base, member, entry);

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>The full name of what its entries derive from.</summary>
    public string Base { get; }

    /// <summary>The static member that holds a type's entry; null makes it by its constructor.
    /// </summary>
    public string? Member { get; }

    /// <summary>The type of the list's elements.</summary>
    public string Entry { get; }

    public static RegistryClass Of(GeneratorAttributeSyntaxContext source)
    {
        var symbol = source.TargetSymbol;
        var attribute = source.Attributes[0];
        var @base = NamedType.Full((ITypeSymbol)attribute.ConstructorArguments[0].Value!);
        var named = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value);
        var entry = named.TryGetValue("Entry", out var type)
            ? NamedType.Full((ITypeSymbol)type.Value!)
            : $"global::Nabla.Registered<{@base}>";
        return new RegistryClass(symbol.ContainingNamespace.ToDisplayString(), symbol.Name, @base,
            named.TryGetValue("Member", out var member) ? (string?)member.Value : null, entry);
    }

    // By value, so that an edit elsewhere writes nothing anew.
    public bool Equals(RegistryClass? other) => other is not null && Namespace == other.Namespace
        && Name == other.Name && Base == other.Base && Member == other.Member
        && Entry == other.Entry;

    public override bool Equals(object? other) => Equals(other as RegistryClass);

    public override int GetHashCode() => Namespace.GetHashCode() ^ Name.GetHashCode();
}
