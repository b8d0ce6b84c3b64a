using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>Fills y with numbers evenly distributed in [0, 1).</summary>
    void Uniform(Tensor y, in PhiloxKey key);

    /// <summary>Fills y with standard normal numbers.</summary>
    void Normal(Tensor y, in PhiloxKey key);

    /// <summary>Fills y with 1 (probability p) and 0.</summary>
    void Bernoulli(Tensor y, double p, in PhiloxKey key);

    /// <summary>Fills y (int64) with whole numbers in [low, high).</summary>
    void RandInt(Tensor y, long low, long high, in PhiloxKey key);

    /// <summary>Fills y (int64) with a random order of 0 … n − 1.</summary>
    void Permutation(Tensor y, in PhiloxKey key);
}
