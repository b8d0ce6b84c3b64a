using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmPanelsTests
{
    [Fact]
    public void Products_of_any_size_are_right_at_every_level()
    {
        GemmLevels.Float32(new Use<float>());
        GemmLevels.Float64(new Use<double>());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(29, 70, 33)]
    public void The_level_of_this_machine_is_chosen(int m, int n, int k)
    {
        Check<float>(m, n, k, (p, b) =>
        {
            GemmPanels<float>.Pack(k, n, b, n, 1, p->Panels);
            GemmPanels<float>.Run(*p);
        });
        Check<double>(m, n, k, (p, b) =>
        {
            GemmPanels<double>.Pack(k, n, b, n, 1, p->Panels);
            GemmPanels<double>.Run(*p);
        });
    }

    [Fact]
    public void A_packed_B_has_whole_panels() =>
        Assert.Equal(3 * 2 * GemmPanels<float>.Columns,
            GemmPanels<float>.Size(3, GemmPanels<float>.Columns + 1));

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(128)]
    public void Tiles_cover_all_rows_and_are_about_equal(int rows)
    {
        var tiles = new List<int>();
        for (var left = rows; left > 0; left -= tiles[^1])
        {
            tiles.Add(GemmPanels<float>.Rows(left));
        }
        Assert.Equal(rows, tiles.Sum());
        Assert.InRange(tiles.Max() - tiles.Min(), 0, 1);
        Assert.InRange(tiles.Max(), 1, GemmPanels<float>.TileRows);
    }

    private delegate void Multiply<T>(GemmPanelProduct<T>* product, T* b) where T : unmanaged;

    /// <summary>A product of small whole numbers, which is exact, in C with a frame.</summary>
    private static void Check<T>(int m, int n, int k, Multiply<T> multiply)
        where T : unmanaged, INumberBase<T>
    {
        foreach (var (columnMajor, add) in new[] { (false, false), (true, true) })
        {
            var (lda, ldc) = (columnMajor ? m + 3 : k + 3, n + 5);
            var a = Numbers<T>((m + 3) * (k + 3), 1);
            var b = Numbers<T>(k * n, 2);
            var c = Numbers<T>((m + 1) * ldc, 3);
            var expected = (T[])c.Clone();
            for (var i = 0; i < m * n; i++)
            {
                var (row, column) = Math.DivRem(i, n);
                var sum = add ? c[(row * ldc) + column] : T.Zero;
                for (var j = 0; j < k; j++)
                {
                    sum += a[columnMajor ? (j * lda) + row : (row * lda) + j]
                        * b[(j * n) + column];
                }
                expected[(row * ldc) + column] = sum;
            }
            var packed = new T[GemmPanels<T>.Size(k, n) + (64 * k)];
            fixed (T* pa = a, pb = b, pc = c, pp = packed)
            {
                var product = new GemmPanelProduct<T>
                {
                    M = m,
                    N = n,
                    K = k,
                    A = pa,
                    Lda = lda,
                    ColumnMajorA = columnMajor,
                    Panels = pp,
                    PanelRows = k,
                    C = pc,
                    Ldc = ldc,
                    Add = add,
                };
                multiply(&product, pb);
            }
            Assert.Equal(expected, c);
        }
    }

    private static T[] Numbers<T>(int count, int seed) where T : INumberBase<T>
    {
        var random = new Random(seed);
        var numbers = new T[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = T.CreateTruncating(random.Next(-9, 10));
        }
        return numbers;
    }

    private sealed class Use<T> : GemmLevels.IUse<T>
        where T : unmanaged, INumberBase<T>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, T>
            where V : unmanaged
        {
            foreach (var (m, n, k) in new[] { (1, 1, 1), (13, 17, 5), (15, 64, 9), (43, 33, 40) })
            {
                Check<T>(m, n, k, (p, b) =>
                {
                    GemmPack<S, V, T>.B(k, n, b, n, 1, p->Panels);
                    GemmPanelTiles<S, V, T>.Run(p);
                });
            }
        }
    }

    [Fact]
    public void Columns_fill_up_registers_or_panels()
    {
        var half = GemmPanels<float>.Columns / 2;
        Assert.Equal(0, GemmPanels<float>.Registers(0));
        Assert.Equal(half, GemmPanels<float>.Registers(1));
        Assert.Equal(half, GemmPanels<float>.Registers(half));
        Assert.Equal(2 * half, GemmPanels<float>.Registers(half + 1));
        Assert.Equal(2 * half, GemmPanels<float>.Whole(1));
    }
}
