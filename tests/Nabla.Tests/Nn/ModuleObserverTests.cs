using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleObserverTests
{
    [Fact]
    public void An_observer_sees_every_call_nested()
    {
        var log = new Log();
        ModuleObserver.Current = log;
        try
        {
            new TwoShifts().Call(Tensor.From(0f, 0f));
        }
        finally
        {
            ModuleObserver.Current = null;
        }
        Assert.Equal(["> TwoShifts", "> Shift", "< Shift", "> Shift", "< Shift", "< TwoShifts"],
            log.Lines);
    }

    private sealed class Log : ModuleObserver
    {
        public List<string> Lines { get; } = [];

        public override void Entering<TIn>(Module module, TIn x) =>
            Lines.Add($"> {module.GetType().Name}");

        public override void Left<TIn, TOut>(Module module, TIn x, TOut y) =>
            Lines.Add($"< {module.GetType().Name}");
    }
}
