namespace Nabla.Data;

/// <summary>What chance in the making of a sample depends on, beside the sample's number.</summary>
/// <param name="Seed">The loader's seed.</param>
/// <param name="Epoch">The epoch, from 0.</param>
public readonly record struct SampleKey(ulong Seed, int Epoch);
