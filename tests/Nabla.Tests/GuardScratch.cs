using System.Runtime.CompilerServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests;

/// <summary>Lets every test fail whose kernel writes past the scratch memory it rented.</summary>
internal static class GuardScratch
{
    [ModuleInitializer]
    internal static void Start() => Scratch.IsGuarded = true;
}
