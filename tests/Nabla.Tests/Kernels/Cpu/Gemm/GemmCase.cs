using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>How a test lays a matrix out in memory.</summary>
public enum Layout
{
    /// <summary>Rows follow each other.</summary>
    Rows,

    /// <summary>Columns follow each other.</summary>
    Columns,

    /// <summary>Rows with a gap between them.</summary>
    PaddedRows,

    /// <summary>Neither rows nor columns are contiguous.</summary>
    Spread,
}

/// <summary>
/// One product with its exact answer. What lies between and behind the operands is NaN (a large
/// number for integers), so that reading it shows; what lies around C must stay as it is.
/// </summary>
internal sealed unsafe class GemmCase<T>
    where T : unmanaged, INumber<T>
{
    private const int Pad = 3;
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double[] _c;
    private readonly double[] _rowBias;
    private readonly double[] _columnBias;
    private readonly double[] _product;
    private readonly double[] _scale;

    public GemmCase(int m, int n, int k)
    {
        (_m, _n, _k) = (m, n, k);
        var random = new Random((m * 31) + (n * 7) + k);
        _a = Numbers(random, m * k);
        _b = Numbers(random, k * n);
        _c = Numbers(random, m * n);
        _rowBias = Numbers(random, m);
        _columnBias = Numbers(random, n);
        _product = new double[m * n];
        _scale = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var p = 0; p < k; p++)
            {
                var x = _a[(i * k) + p];
                for (var j = 0; j < n; j++)
                {
                    var y = x * _b[(p * n) + j];
                    _product[(i * n) + j] += y;
                    _scale[(i * n) + j] += Math.Abs(y);
                }
            }
        }
    }

    private static T Poison => typeof(T) == typeof(float) || typeof(T) == typeof(double)
        ? T.CreateTruncating(double.NaN)
        : T.CreateTruncating(99);

    /// <summary>Runs the product through <see cref="Gemm.Run"/> and checks all of C.</summary>
    public void Check(
        Layout a, Layout b, bool accumulate = false, bool biases = false, bool relu = false) =>
        Check(GemmLevel.Run, a, b, accumulate, biases, relu);

    /// <summary>Runs the product through <paramref name="run"/> and checks all of C.</summary>
    public void Check(
        Product<T> run,
        Layout a,
        Layout b,
        bool accumulate = false,
        bool biases = false,
        bool relu = false)
    {
        using var matrixA = new Matrix(_m, _k, a, _a);
        using var matrixB = new Matrix(_k, _n, b, _b);
        using var matrixC = new Matrix(_m, _n, Layout.PaddedRows, _c);
        using var rowBias = new Matrix(1, _m, Layout.Rows, _rowBias);
        using var columnBias = new Matrix(1, _n, Layout.Rows, _columnBias);
        run(new GemmProblem<T>
        {
            M = _m,
            N = _n,
            K = _k,
            A = matrixA.Pointer,
            ARow = matrixA.Row,
            ACol = matrixA.Column,
            B = matrixB.Pointer,
            BRow = matrixB.Row,
            BCol = matrixB.Column,
            C = matrixC.Pointer,
            Ldc = matrixC.Row,
            Epilogue = new GemmEpilogue
            {
                RowBias = biases ? rowBias.Pointer : null,
                ColumnBias = biases ? columnBias.Pointer : null,
                Accumulate = accumulate,
                Activation = relu ? GemmActivation.Relu : GemmActivation.None,
            },
        });

        Compare(matrixC, accumulate, biases, relu, $"{_m}×{_n}×{_k}, {a} by {b}");
    }

    private static double[] Numbers(Random random, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = typeof(T) == typeof(float) || typeof(T) == typeof(double)
                ? (float)((2 * random.NextDouble()) - 1)
                : random.Next(typeof(T) == typeof(byte) ? 0 : -2, 3);
            numbers[i] = x;
        }

        return numbers;
    }

    private void Compare(Matrix c, bool accumulate, bool biases, bool relu, string what)
    {
        var epsilon = typeof(T) == typeof(float) ? 6e-8 : typeof(T) == typeof(double) ? 2e-16 : 0;
        for (var i = 0; i < _m; i++)
        {
            for (var j = 0; j < _n; j++)
            {
                var at = (i * _n) + j;
                var more = accumulate ? _c[at] : 0;
                more += biases ? _rowBias[i] + _columnBias[j] : 0;
                var expected = _product[at] + more;
                expected = relu ? Math.Max(expected, 0) : expected;
                var actual = double.CreateTruncating(c.Pointer[(i * c.Row) + j]);
                var error = (_k + 4) * epsilon * (_scale[at] + 3);
                if (!(Math.Abs(actual - expected) <= error))
                {
                    Assert.Fail($"{what}: C[{i}, {j}] is {actual}, expected {expected}");
                }
            }
        }

        Assert.True(c.MarginIsIntact(), what + ": wrote outside of C");
    }

    private sealed class Matrix : IDisposable
    {
        private readonly T* _block;
        private readonly int _size;
        private readonly bool[] _inside;

        public Matrix(int rows, int columns, Layout layout, double[] values)
        {
            (Row, Column) = layout switch
            {
                Layout.Rows => (columns, 1),
                Layout.Columns => (1, rows),
                Layout.PaddedRows => (columns + Pad, 1),
                _ => ((2 * columns) + Pad, 2),
            };
            _size = (int)((rows * Row) + (columns * Column)) + (2 * Pad);
            _inside = new bool[_size];
            _block = (T*)NativeMemory.Alloc((nuint)(_size * sizeof(T)));
            new Span<T>(_block, _size).Fill(Poison);
            Pointer = _block + Pad;
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var at = (i * Row) + (j * Column);
                    Pointer[at] = T.CreateTruncating(values[(i * columns) + j]);
                    _inside[at + Pad] = true;
                }
            }
        }

        public T* Pointer { get; }

        public nint Row { get; }

        public nint Column { get; }

        public bool MarginIsIntact()
        {
            for (var i = 0; i < _size; i++)
            {
                if (!_inside[i] && !_block[i].Equals(Poison))
                {
                    return false;
                }
            }

            return true;
        }

        public void Dispose() => NativeMemory.Free(_block);
    }
}

/// <summary>A way to a product.</summary>
internal delegate void Product<T>(in GemmProblem<T> problem) where T : unmanaged;
