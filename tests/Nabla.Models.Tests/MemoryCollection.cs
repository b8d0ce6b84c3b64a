namespace Nabla.Models.Tests;

/// <summary>Tests that look at the memory of the whole process run one at a time, and
/// alone.</summary>
[CollectionDefinition(nameof(MemoryCollection), DisableParallelization = true)]
public sealed class MemoryCollection;
