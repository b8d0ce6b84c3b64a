using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Recurrent;

public class GruTests : OpTests
{
    private const string Torch = """
        h = x1
        hs = []
        for t in range(x0.shape[0]):
            r, z, n = x0[t].chunk(3, 1)
            ur, uz, un = (h @ x2.T + x3).chunk(3, 1)
            r, z = (r + ur).sigmoid(), (z + uz).sigmoid()
            n = (n + r * un).tanh()
            h = (1 - z) * n + z * h
            hs.append(h)
        return torch.stack(hs)
        """;

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("gru", x => x[0].Gru(x[1], x[2], x[3]), Torch, Arguments(4, 3, 5))
            { Tolerance = 2e-5 },
        new OpCase("gru reversed", x => x[0].Flip(0).Gru(x[1], x[2], x[3], reverse: true).Flip(0),
            Torch, Arguments(3, 2, 4)) { Tolerance = 2e-5 },
    ];

    private static Input[] Arguments(int steps, int samples, int units) =>
    [
        Inputs.Normal(steps, samples, 3 * units), Inputs.Normal(samples, units),
        Inputs.Normal(3 * units, units), Inputs.Normal(3 * units),
    ];
}
