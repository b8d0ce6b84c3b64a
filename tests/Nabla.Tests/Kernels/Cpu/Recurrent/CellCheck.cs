using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

/// <summary>One unit of a cell in float64, and its gradient by finite differences.</summary>
internal static unsafe class CellCheck
{
    private const int Room = 4;

    /// <summary>The states after a step; gates' two shares, and the states before.</summary>
    public static (double H, double C) Forward<TCell>(
        double[] input, double[] hidden, double h, double c) where TCell : IRecurrentCell
    {
        var memory = new double[16 * Room];
        fixed (double* at = memory)
        {
            var row = Row(at, input, hidden, h, c);
            TCell.Forward<F64x1>(row, 0, 1);
            return (*(double*)row.H, *(double*)row.C);
        }
    }

    /// <summary>Asserts that the gradient of 2·h + 3·c is that of finite differences.</summary>
    public static void GradientMatches<TCell>(double[] input, double[] hidden, double h, double c)
        where TCell : IRecurrentCell
    {
        var memory = new double[16 * Room];
        fixed (double* at = memory)
        {
            var row = Row(at, input, hidden, h, c);
            TCell.Forward<F64x1>(row, 0, 1);
            *(double*)row.GradH = 2;
            *(double*)row.GradC = 1;
            // The other share of both comes from later steps.
            *(double*)row.CarryH = 0;
            *(double*)row.CarryC = 2;
            TCell.Backward<F64x1>(row, 0, 1);
            for (var g = 0; g < TCell.Gates; g++)
            {
                Close(Slope(d => Loss(Moved(input, g, d), hidden, h, c)),
                    ((double*)row.GradInput)[g]);
                var toHidden = TCell.SplitsGradient && g == TCell.Gates - 1
                    ? (double*)row.GradHidden
                    : (double*)row.GradInput + g;
                Close(Slope(d => Loss(input, Moved(hidden, g, d), h, c)), *toHidden);
            }
            Close(Slope(d => Loss(input, hidden, h + d, c)), *(double*)row.CarryH);
            if (TCell.HasCell)
            {
                Close(Slope(d => Loss(input, hidden, h, c + d)), *(double*)row.CarryC);
            }
        }

        static double Loss(double[] input, double[] hidden, double h, double c)
        {
            var y = Forward<TCell>(input, hidden, h, c);
            return (2 * y.H) + (TCell.HasCell ? 3 * y.C : 0);
        }
    }

    private static RecurrentRow Row(
        double* at, double[] input, double[] hidden, double h, double c)
    {
        input.CopyTo(new Span<double>(at, Room));
        hidden.CopyTo(new Span<double>(at + Room, Room));
        at[2 * Room] = h;
        at[3 * Room] = c;
        byte* Part(int i) => (byte*)(at + (i * Room));
        return new RecurrentRow
        {
            Gate = sizeof(double),
            HiddenGate = sizeof(double),
            Input = Part(0),
            Hidden = Part(1),
            HBefore = Part(2),
            CBefore = Part(3),
            H = Part(4),
            C = Part(5),
            Kept = Part(6),
            GradH = Part(7),
            GradC = Part(8),
            CarryH = Part(9),
            CarryC = Part(10),
            GradInput = Part(11),
            GradHidden = Part(12),
            KeptHidden = Part(13),
        };
    }

    private static double Slope(Func<double, double> loss) => (loss(1e-6) - loss(-1e-6)) / 2e-6;

    private static double[] Moved(double[] values, int at, double by)
    {
        double[] moved = [.. values];
        moved[at] += by;
        return moved;
    }

    private static void Close(double expected, double actual) =>
        Assert.InRange(actual, expected - 1e-6, expected + 1e-6);
}
