using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The distributions, each made from one group of 64 random words.</summary>
internal static unsafe class RandomKernelsFill
{
    private const int Lanes = 16;
    private const double Ulp24 = 1.0 / (1 << 24);
    private const double Ulp53 = 1.0 / (1L << 53);

    public readonly struct Uniform32 : IRandomFill<float>
    {
        public static int GroupLength => 64;

        public void Fill(uint* words, float* y)
        {
            if (Simd.Wide)
            {
                Uniforms<F32x16>(words, y);
            }
            else if (Simd.Medium)
            {
                Uniforms<F32x8>(words, y);
            }
            else
            {
                Uniforms<F32x4>(words, y);
            }
        }
    }

    public readonly struct Normal32 : IRandomFill<float>
    {
        public static int GroupLength => 64;

        public void Fill(uint* words, float* y)
        {
            if (Simd.Wide)
            {
                Normals<F32x16>(words, y);
            }
            else if (Simd.Medium)
            {
                Normals<F32x8>(words, y);
            }
            else
            {
                Normals<F32x4>(words, y);
            }
        }
    }

    public readonly struct Bernoulli32(double p) : IRandomFill<float>
    {
        public static int GroupLength => 64;

        public void Fill(uint* words, float* y)
        {
            if (Simd.Wide)
            {
                Bernoullis<F32x16>(words, y, p);
            }
            else if (Simd.Medium)
            {
                Bernoullis<F32x8>(words, y, p);
            }
            else
            {
                Bernoullis<F32x4>(words, y, p);
            }
        }
    }

    public readonly struct Bernoulli8(double p) : IRandomFill<byte>
    {
        private readonly Bernoulli32 _floats = new(p);

        public static int GroupLength => 64;

        [SkipLocalsInit]
        public void Fill(uint* words, byte* y)
        {
            var floats = stackalloc float[GroupLength];
            _floats.Fill(words, floats);
            Cast.Tile(DType.Float32, DType.Bool)(floats, y, GroupLength);
        }
    }

    /// <summary>low + ⌊u·range⌋ of a 64-bit u; a range of 0 stands for all 2⁶⁴.</summary>
    public readonly struct Integers(long low, ulong range) : IRandomFill<long>
    {
        public static int GroupLength => 32;

        public void Fill(uint* words, long* y)
        {
            if (range == 0)
            {
                for (var i = 0; i < GroupLength; i++)
                {
                    y[i] = unchecked(low + (long)Long(words, i));
                }

                return;
            }

            for (var i = 0; i < GroupLength; i++)
            {
                y[i] = unchecked(low + (long)UpperProduct(Long(words, i), range));
            }
        }

        /// <summary>⌊u·range / 2⁶⁴⌋; by halves where no half product overflows.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong UpperProduct(ulong u, ulong range) => range <= uint.MaxValue
            ? (((u >> 32) * range) + (((u & uint.MaxValue) * range) >> 32)) >> 32
            : Math.BigMul(u, range, out _);
    }

    public readonly struct Uniform64 : IRandomFill<double>
    {
        public static int GroupLength => 32;

        public void Fill(uint* words, double* y)
        {
            for (var i = 0; i < GroupLength; i++)
            {
                y[i] = (Long(words, i) >> 11) * Ulp53;
            }
        }
    }

    public readonly struct Normal64 : IRandomFill<double>
    {
        public static int GroupLength => 32;

        public void Fill(uint* words, double* y)
        {
            for (var i = 0; i < Lanes; i++)
            {
                // 1 − u is in (0, 1], where the logarithm is finite.
                var radius = Math.Sqrt(-2 * Math.Log(1 - ((Long(words, i) >> 11) * Ulp53)));
                var (sin, cos) = Math.SinCos(
                    2 * Math.PI * ((Long(words, i + Lanes) >> 11) * Ulp53));
                y[i] = radius * cos;
                y[i + Lanes] = radius * sin;
            }
        }
    }

    /// <summary>The i-th 64-bit number of a group: two outputs of one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Long(uint* words, int i)
    {
        var word = words + ((i & Lanes) * 2) + (i & (Lanes - 1));
        return ((ulong)word[Lanes] << 32) | word[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bernoullis<V>(uint* words, float* y, double p)
        where V : unmanaged, IF32Lanes<V>
    {
        // How many of the 2²⁴ uniform values lie below p.
        var bound = V.Const(Math.Ceiling(Math.Clamp(p, 0, 1) * (1 << 24)) * Ulp24);
        for (var i = 0; i < Philox.GroupWords; i += V.Count)
        {
            V.Store(V.Less(Unit(V.Load(words + i)), bound), y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Uniforms<V>(uint* words, float* y) where V : unmanaged, IF32Lanes<V>
    {
        for (var i = 0; i < Philox.GroupWords; i += V.Count)
        {
            V.Store(Unit(V.Load(words + i)), y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normals<V>(uint* words, float* y) where V : unmanaged, IF32Lanes<V>
    {
        for (var half = 0; half < Philox.GroupWords; half += 2 * Lanes)
        {
            for (var i = half; i < half + Lanes; i += V.Count)
            {
                // In (0, 1], 31 bits, so that the tail reaches 6.7.
                var bits = V.BitAnd(V.ShiftRight(V.Load(words + i), 1), V.Bits(0x7FFFFFFF));
                var u = V.Fma(
                    V.FromInt(bits), V.Const(1.0 / (1L << 31)), V.Const(1.0 / (1L << 32)));
                var radius = V.Sqrt(V.Const(-2) * V.Log(u));
                var angle = V.Const(2 * Math.PI) * Unit(V.Load(words + i + Lanes));
                V.Store(radius * V.Cos(angle), y + i);
                V.Store(radius * V.Sin(angle), y + i + Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Unit<V>(V words) where V : unmanaged, IF32Lanes<V> => V.Const(Ulp24)
        * V.FromInt(V.BitAnd(V.ShiftRight(words, 8), V.Bits(0x00FFFFFF)));
}
