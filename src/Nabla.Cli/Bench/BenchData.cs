using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>Batches in which there is something to learn, always the same.</summary>
internal static class BenchData
{
    /// <summary>Images (batch, channels, size, size) with a noisy pattern for each of ten classes.
    /// </summary>
    public static Tensor[] Images(int batch, int channels, int size)
    {
        var random = new Random(1);
        var pixels = channels * size * size;
        var x = new float[batch * pixels];
        var y = new long[batch];
        for (var i = 0; i < batch; i++)
        {
            y[i] = random.Next(10);
            for (var j = 0; j < pixels; j++)
            {
                x[(i * pixels) + j] =
                    ((j * (y[i] + 3) % 29) / 29f) + (random.NextSingle() * 0.5f);
            }
        }
        return
        [
            Tensor.From(x, new Shape(batch, channels, size, size)),
            Tensor.From(y, new Shape(batch)),
        ];
    }

    /// <summary>Ids (steps, batch) and the ids that follow them, (steps · batch).</summary>
    public static Tensor[] Characters(int steps, int batch, int vocabulary)
    {
        var random = new Random(1);
        var text = new long[(steps + 1) * batch];
        for (var i = 0; i < text.Length; i++)
        {
            // Mostly what the character before decides.
            text[i] = i < batch || random.Next(4) == 0
                ? random.Next(vocabulary)
                : ((text[i - batch] * 5) + 7) % vocabulary;
        }
        return
        [
            Tensor.From(text[..^batch], new Shape(steps, batch)),
            Tensor.From(text[batch..], new Shape(steps * batch)),
        ];
    }
}
