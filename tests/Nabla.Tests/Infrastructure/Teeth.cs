using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// Makes one op wrong at a time and looks whether a check of an op case notices. It changes what
/// every op on every thread computes, so nothing else may run meanwhile.
/// </summary>
internal sealed class Teeth
{
    /// <summary>The checks, the quickest first.</summary>
    private static readonly Action<OpTests, OpRun>[] Checks =
    [
        (tests, run) => OpChecks.Values(run, tests.GoldenOf(run)),
        (tests, run) => OpChecks.Gradients(run, tests.GoldenOf(run)),
        (_, run) => When(run.IsDifferentiable && run.Type == DType.Float64,
            () => OpChecks.FiniteDifferences(run)),
        (_, run) => When(run is { IsDifferentiable: true, Type: DType.Float64 }
            && run.Case.TwiceDifferentiable, () => OpChecks.SecondDifferences(run)),
        (_, run) => When(run.Case.Capturable && run.Type != DType.Float64,
            () => OpChecks.Capture(run)),
    ];

    private readonly Dictionary<Type, List<Bite>> _forward = [];
    private readonly Dictionary<Type, List<Bite>> _backward = [];

    /// <summary>Ops that returned a gradient that was not 0.</summary>
    private readonly HashSet<Type> _sloped = [];

    private Teeth()
    {
    }

    /// <summary>All checks of all cases, each with the ops that it runs.</summary>
    public static Teeth Record()
    {
        var teeth = new Teeth();
        var runs = OpCatalog.Tests.SelectMany(tests => tests.Runs.Select(run => (tests, run)))
            .ToArray();
        foreach (var check in Checks)
        {
            foreach (var (tests, run) in runs)
            {
                teeth.Record(new Bite(tests, run, check));
            }
        }
        return teeth;
    }

    /// <summary>The case (or test, of an op that no case calls) that notices outputs of an op that
    /// are wrong by a thousandth, or null.</summary>
    public string? CatchesOutput(Type op)
    {
        void Wrong() => Dispatcher.AfterForward = (ran, y) =>
        {
            if (ran.GetType() == op)
            {
                Spoil(y);
            }
        };
        void Right() => Dispatcher.AfterForward = null;
        Wrong();
        try
        {
            if (FirstThatFails(_forward.GetValueOrDefault(op)) is { } found)
            {
                return found;
            }
        }
        finally
        {
            Right();
        }
        return TestRuns.Catching(op, Wrong, Right);
    }

    /// <summary>The case that notices gradients of an op that are wrong by a hundredth (of
    /// themselves, or of 1 where they are always 0), or null.</summary>
    public string? CatchesGradient(Type op)
    {
        Dispatcher.AfterBackward = (ran, gradient) =>
            ran.GetType() != op ? gradient
                : _sloped.Contains(op) ? gradient * 1.01 : gradient + 0.01;
        try
        {
            return FirstThatFails(_backward.GetValueOrDefault(op));
        }
        finally
        {
            Dispatcher.AfterBackward = null;
        }
    }

    /// <summary>Makes elements wrong by a thousandth of themselves plus a thousandth; whole ones
    /// by 1; truth values turn.</summary>
    private static void Spoil(Tensor y)
    {
        if (y.IsSymbolic)
        {
            return;
        }
        var numbers = y.Numbers();
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = y.DType.IsFloat ? (numbers[i] * 1.001) + 0.001
                : y.DType == DType.Bool ? 1 - numbers[i]
                : numbers[i] + 1;
        }
        y.Device.Copy(Numeric.Make(numbers, y.Shape, y.DType), y);
    }

    private static string? FirstThatFails(IReadOnlyList<Bite>? bites)
    {
        foreach (var bite in bites ?? [])
        {
            if (bite.Fails())
            {
                return $"{bite.Tests.GetType().Name}: {bite.Run.Key} in {bite.Run.Type}";
            }
        }
        return null;
    }

    private static void When(bool condition, Action check)
    {
        if (condition)
        {
            check();
        }
    }

    private void Record(Bite bite)
    {
        HashSet<Type> forward = [], backward = [];
        Dispatcher.AfterForward = (op, _) => forward.Add(op.GetType());
        Dispatcher.AfterBackward = (op, gradient) =>
        {
            backward.Add(op.GetType());
            if (!gradient.IsSymbolic && gradient.Numbers().Any(number => number != 0))
            {
                _sloped.Add(op.GetType());
            }
            return gradient;
        };
        bool fails;
        try
        {
            fails = bite.Fails();
        }
        finally
        {
            Dispatcher.AfterForward = null;
            Dispatcher.AfterBackward = null;
        }
        // A check that fails anyway shows nothing.
        if (!fails)
        {
            Note(_forward, forward, bite);
            Note(_backward, backward, bite);
        }
    }

    private static void Note(Dictionary<Type, List<Bite>> all, HashSet<Type> ops, Bite bite)
    {
        foreach (var op in ops)
        {
            if (!all.TryGetValue(op, out var bites))
            {
                all.Add(op, bites = []);
            }
            bites.Add(bite);
        }
    }

    private sealed record Bite(OpTests Tests, OpRun Run, Action<OpTests, OpRun> Check)
    {
        public bool Fails()
        {
            try
            {
                Check(Tests, Run);
                return false;
            }
            catch (Exception)
            {
                return true;
            }
        }
    }
}
