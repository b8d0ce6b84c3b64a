using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

/// <summary>Arrays of a recurrent layer with random contents, run in any type.</summary>
internal sealed class RecurrentCase(
    RecurrentCell cell, int steps, int samples, int units, bool reverse = false, bool bias = true)
{
    private readonly int _gates = cell switch
    {
        RecurrentCell.Lstm => 4,
        RecurrentCell.Gru => 3,
        _ => 1,
    };

    private readonly int _kept = cell switch
    {
        RecurrentCell.Lstm => 4,
        RecurrentCell.Gru => 3,
        _ => 0,
    };

    /// <summary>Gates whose hidden share has a gradient of its own.</summary>
    private readonly int _shares = cell == RecurrentCell.Gru ? 1 : 0;

    public delegate void Kernel(RecurrentCell cell, in RecurrentProblem problem);

    /// <summary>Hidden states and, for an LSTM, cell states.</summary>
    public T[] Forward<T>(Kernel run) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var arrays = new Arrays<T>(this);
        arrays.Run(run);
        return [.. arrays.H, .. cell == RecurrentCell.Lstm ? arrays.C : []];
    }

    /// <summary>The gradients of the input's share, the hidden share and the first states, and the
    /// sums of both shares'.</summary>
    public T[] Backward<T>(Kernel forward, Kernel backward)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var arrays = new Arrays<T>(this);
        arrays.Run(forward);
        arrays.Run(backward);
        return arrays.Gradients;
    }

    /// <summary>The same where each gradient takes the place of what it is made of, and that had
    /// taken the place of the input.</summary>
    public T[] InPlace<T>(Kernel forward, Kernel backward)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var arrays = new Arrays<T>(this);
        arrays.Share(backward: false);
        arrays.Run(forward);
        arrays.Share(backward: true);
        arrays.Run(backward);
        return arrays.Gradients;
    }

    /// <summary>The sums over steps and samples: asked for, and added up from the gradients.
    /// </summary>
    public (T[] Asked, double[] Added) Sums<T>(Kernel forward, Kernel backward)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var arrays = new Arrays<T>(this);
        arrays.Run(forward);
        arrays.Run(backward);
        return ([.. arrays.GradInputSum, .. arrays.GradHiddenSum], [.. Columns(
            arrays.GradInput, _gates), .. Columns(arrays.GradHidden, _shares)]);

        double[] Columns(T[] rows, int gates)
        {
            var sums = new double[gates * units];
            for (var i = 0; i < rows.Length; i++)
            {
                sums[i % sums.Length] += double.CreateTruncating(rows[i]);
            }
            return sums;
        }
    }

    private sealed unsafe class Arrays<T> where T : unmanaged, System.Numerics.INumberBase<T>
    {
        private readonly RecurrentCase _case;
        private readonly T[] _input, _weight, _bias, _h0, _c0, _keptHidden, _gradH, _gradC;
        private T[] _kept;

        public Arrays(RecurrentCase its)
        {
            _case = its;
            var (t, n, h, g) = (its.Steps, its.Samples, its.Units, its._gates);
            _input = KernelData.Numbers<T>(t * n * g * h, 1);
            // Small enough that states neither grow nor saturate from step to step.
            _weight = KernelData.Numbers<T>(g * h * h, 2);
            for (var i = 0; i < _weight.Length; i++)
            {
                _weight[i] *= T.CreateTruncating(0.5 / Math.Sqrt(h));
            }
            _bias = KernelData.Numbers<T>(g * h, 3);
            _h0 = KernelData.Numbers<T>(n * h, 4);
            _c0 = KernelData.Numbers<T>(n * h, 5);
            _gradH = KernelData.Numbers<T>(t * n * h, 6);
            _gradC = KernelData.Numbers<T>(t * n * h, 7);
            _kept = new T[t * n * its._kept * h];
            _keptHidden = new T[t * n * its._shares * h];
            (H, C) = (new T[t * n * h], new T[t * n * h]);
            (GradInput, GradHidden) = (new T[t * n * g * h], new T[t * n * its._shares * h]);
            (GradH0, GradC0) = (new T[n * h], new T[n * h]);
            (GradInputSum, GradHiddenSum) = (new T[g * h], new T[its._shares * h]);
        }

        public T[] H { get; private set; }

        public T[] C { get; }

        public T[] GradInput { get; private set; }

        public T[] GradHidden { get; private set; }

        public T[] GradInputSum { get; }

        public T[] GradHiddenSum { get; }

        public T[] GradH0 { get; }

        public T[] GradC0 { get; }

        public T[] Gradients =>
        [
            .. GradInput, .. GradHidden, .. GradH0,
            .. _case.Cell == RecurrentCell.Lstm ? GradC0 : [], .. GradInputSum, .. GradHiddenSum,
        ];

        public void Share(bool backward)
        {
            var isPlain = _kept.Length == 0;
            if (backward)
            {
                (GradInput, GradHidden) = (isPlain ? _gradH : _kept, _keptHidden);
            }
            else if (isPlain)
            {
                H = _input;
            }
            else
            {
                _kept = _input;
            }
        }

        public void Run(Kernel kernel)
        {
            fixed (T* input = _input, weight = _weight, bias = _bias, h0 = _h0, c0 = _c0, h = H,
                c = C, kept = _kept, keptHidden = _keptHidden)
            fixed (T* gradH = _gradH, gradC = _gradC, gradInput = GradInput,
                gradHidden = GradHidden, gradH0 = GradH0, gradC0 = GradC0,
                gradInputSum = GradInputSum, gradHiddenSum = GradHiddenSum)
            {
                kernel(_case.Cell, new RecurrentProblem
                {
                    Steps = _case.Steps,
                    Samples = _case.Samples,
                    Units = _case.Units,
                    Reverse = _case.Reverse,
                    Input = input,
                    Weight = weight,
                    Bias = _case.HasBias ? bias : null,
                    H0 = h0,
                    C0 = c0,
                    H = h,
                    C = c,
                    Kept = kept,
                    KeptHidden = keptHidden,
                    GradH = gradH,
                    GradC = gradC,
                    GradInput = gradInput,
                    GradHidden = gradHidden,
                    GradInputSum = gradInputSum,
                    GradHiddenSum = gradHiddenSum,
                    GradH0 = gradH0,
                    GradC0 = gradC0,
                });
            }
        }
    }

    private RecurrentCell Cell => cell;

    private int Steps => steps;

    private int Samples => samples;

    private int Units => units;

    private bool Reverse => reverse;

    private bool HasBias => bias;
}
