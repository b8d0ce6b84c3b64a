using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Recurrent;

public class LstmTests : OpTests
{
    private const string Torch = """
        h, c = x1, x4
        hs, cs = [], []
        for t in range(x0.shape[0]):
            i, f, g, o = (x0[t] + h @ x2.T + x3).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            hs.append(h)
            cs.append(c)
        return torch.stack(hs), torch.stack(cs)
        """;

    private const string Reversed = """
        h, c = x1, x4
        hs = []
        for t in reversed(range(x0.shape[0])):
            i, f, g, o = (x0[t] + h @ x2.T + x3).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            hs.insert(0, h)
        return torch.stack(hs)
        """;

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("lstm", x => Both(x[0].Lstm(x[1], x[4], x[2], x[3])), Torch,
            Arguments(4, 3, 5)) { Tolerance = 2e-5 },
        new OpCase("lstm one step", x => Both(x[0].Lstm(x[1], x[4], x[2], x[3])), Torch,
            Arguments(1, 2, 3)) { Tolerance = 2e-5 },
        new OpCase("lstm reversed", x => x[0].Lstm(x[1], x[4], x[2], x[3], reverse: true).H,
            Reversed, Arguments(3, 2, 4)) { Tolerance = 2e-5 },
    ];

    private static Input[] Arguments(int steps, int samples, int units) =>
    [
        Inputs.Normal(steps, samples, 4 * units), Inputs.Normal(samples, units),
        Inputs.Normal(4 * units, units), Inputs.Normal(4 * units), Inputs.Normal(samples, units),
    ];

    private static Tensor[] Both((Tensor H, Tensor C) y) => [y.H, y.C];
}
