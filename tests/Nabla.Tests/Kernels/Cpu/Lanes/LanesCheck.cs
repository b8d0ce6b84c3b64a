using Nabla.Kernels;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

/// <summary>Holds one kind of lanes to plain arithmetic in float64.</summary>
internal static unsafe class LanesCheck
{
    private static readonly double[] s_floats =
    [
        0, -0.0, 1, -1, 2.5, -2.5, 3.5, 0.25, -7.75, 1e9, -1e9, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity,
    ];

    private delegate V Op<V>(V a, V b);

    /// <summary>All pairs of values in all operations; round gives an exact result its type.
    /// </summary>
    public static void Arithmetic<V, T>(Func<double, T> round, Func<T, double> widen)
        where V : unmanaged, ILanes<V> where T : unmanaged
    {
        void Check(string name, Op<V> op, Func<double, double, double> exact)
        {
            foreach (var a in s_floats)
            {
                foreach (var b in s_floats)
                {
                    var expected = widen(round(exact(a, b)));
                    foreach (var value in Lanes<V, T>(op(V.Const(a), V.Const(b))))
                    {
                        Assert.True(expected.Equals(widen(value)),
                            $"{name}({a}, {b}) = {widen(value)}, not {expected}");
                    }
                }
            }
        }

        Check("+", (a, b) => a + b, (a, b) => a + b);
        Check("-", (a, b) => a - b, (a, b) => a - b);
        Check("*", (a, b) => a * b, (a, b) => a * b);
        Check("/", (a, b) => a / b, (a, b) => a / b);
        Check("negate", (a, _) => -a, (a, _) => -a);
        Check("fma", (a, b) => V.Fma(a, b, a), (a, b) => Math.FusedMultiplyAdd(a, b, a));
        Check("abs", (a, _) => V.Abs(a), (a, _) => Math.Abs(a));
        Check("min", (a, b) => V.Min(a, b) + V.Const(0), (a, b) => Math.Min(a, b) + 0);
        Check("max", (a, b) => V.Max(a, b) + V.Const(0), (a, b) => Math.Max(a, b) + 0);
        Check("==", V.Equal, (a, b) => a == b ? 1 : 0);
        Check("<", V.Less, (a, b) => a < b ? 1 : 0);
        Check("<=", V.LessOrEqual, (a, b) => a <= b ? 1 : 0);
        Check("select", (a, b) => V.Select(a, b, V.Const(9)), (a, b) => a != 0 ? b : 9);
        Check("floor", (a, _) => V.Floor(a), (a, _) => Math.Floor(a));
        Check("ceiling", (a, _) => V.Ceiling(a), (a, _) => Math.Ceiling(a));
        Check("round", (a, _) => V.Round(a), (a, _) => Math.Round(a));
        Check("truncate", (a, _) => V.Truncate(a), (a, _) => Math.Truncate(a));
        Check("sqrt", (a, _) => V.Sqrt(a), (a, _) => Math.Sqrt(a));
        Check("and", V.And, (a, b) => a != 0 && b != 0 ? 1 : 0);
        Check("or", V.Or, (a, b) => a != 0 || b != 0 ? 1 : 0);
        Check("xor", V.Xor, (a, b) => (a != 0) != (b != 0) ? 1 : 0);
        Check("lowest", (_, _) => V.Lowest, (_, _) => double.NegativeInfinity);
        Check("highest", (_, _) => V.Highest, (_, _) => double.PositiveInfinity);
    }

    /// <summary>Loads and stores of part of a bundle touch nothing behind it.</summary>
    public static void Parts<V>() where V : unmanaged, ILanes<V>
    {
        var size = sizeof(V) / V.Count;
        var source = stackalloc byte[sizeof(V)];
        var target = stackalloc byte[sizeof(V)];
        for (var count = 0; count <= V.Count; count++)
        {
            for (var i = 0; i < sizeof(V); i++)
            {
                (source[i], target[i]) = (1, 7);
            }

            V.Store(V.LoadPart(source, count), target);
            for (var i = 0; i < sizeof(V); i++)
            {
                Assert.Equal(i < count * size ? 1 : 0, target[i]);
                target[i] = 7;
            }

            V.StorePart(V.Load(source), target, count);
            for (var i = 0; i < sizeof(V); i++)
            {
                Assert.Equal(i < count * size ? 1 : 7, target[i]);
            }
        }
    }

    private static T[] Lanes<V, T>(V value) where V : unmanaged, ILanes<V> where T : unmanaged
    {
        var result = new T[V.Count];
        fixed (T* p = result)
        {
            V.Store(value, p);
        }

        return result;
    }
}
