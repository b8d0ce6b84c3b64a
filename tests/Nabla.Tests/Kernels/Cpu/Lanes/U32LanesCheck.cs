using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

/// <summary>Holds lanes of 32-bit numbers to 64-bit arithmetic.</summary>
internal static unsafe class U32LanesCheck
{
    public static void Run<V>() where V : unmanaged, IU32Lanes<V>
    {
        foreach (var first in new[] { 0u, 1u, 0x7FFFFFFAu, 0xFFFFFFF8u, 0xD2511F53u })
        {
            var a = V.Consecutive(first);
            var high = Lanes(V.Multiply(a, 0xCD9E8D57, out var low));
            var lows = Lanes(low);
            var bits = Lanes(V.Xor(a, V.Const(0x0F0F0F0F)));
            for (var i = 0; i < V.Count; i++)
            {
                var value = unchecked(first + (uint)i);
                var product = (ulong)value * 0xCD9E8D57;
                Assert.Equal((uint)(product >> 32), high[i]);
                Assert.Equal((uint)product, lows[i]);
                Assert.Equal(value ^ 0x0F0F0F0F, bits[i]);
            }
        }
    }

    private static uint[] Lanes<V>(V value) where V : unmanaged, IU32Lanes<V>
    {
        var result = new uint[V.Count];
        fixed (uint* p = result)
        {
            V.Store(value, p);
        }

        return result;
    }
}
