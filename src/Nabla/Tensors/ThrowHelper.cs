using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>Throws from cold code, so that checks stay small where they stand.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Argument(string message) => throw new ArgumentException(message);

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Range(string parameter, string message) =>
        throw new ArgumentOutOfRangeException(parameter, message);

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Invalid(string message) => throw new InvalidOperationException(message);
}
