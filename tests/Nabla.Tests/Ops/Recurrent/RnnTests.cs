using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Recurrent;

public class RnnTests : OpTests
{
    private const string Torch = """
        h = x1
        hs = []
        for t in range(x0.shape[0]):
            h = torch.tanh(x0[t] + h @ x2.T + x3)
            hs.append(h)
        return torch.stack(hs)
        """;

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("rnn", x => x[0].Rnn(x[1], x[2], x[3]), Torch, Arguments(4, 3, 5))
            { Tolerance = 2e-5 },
        new OpCase("rnn of relu", x => x[0].Rnn(x[1], x[2], x[3], relu: true),
            Torch.Replace("tanh", "relu", StringComparison.Ordinal), Arguments(3, 2, 4))
            { Tolerance = 2e-5 },
        new OpCase("rnn reversed", x => x[0].Flip(0).Rnn(x[1], x[2], x[3], reverse: true).Flip(0),
            Torch, Arguments(3, 2, 4)) { Tolerance = 2e-5 },
    ];

    private static Input[] Arguments(int steps, int samples, int units) =>
    [
        Inputs.Normal(steps, samples, units), Inputs.Normal(samples, units),
        Inputs.Normal(units, units), Inputs.Normal(units),
    ];
}
