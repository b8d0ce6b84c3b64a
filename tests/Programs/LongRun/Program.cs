// Trains a small convolutional network for 3,000 eager steps without one `using`, keeps losses,
// activations and spans on the way, and prints what the memory test looks at.
using System.Diagnostics;
using Nabla.Autograd;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

const int Steps = 3000;
Generator.ManualSeed(3);
var loader = new DataLoader(
    new ImageDataset(DigitsSource.LoadAll()[..^360]), batchSize: 64, shuffle: true);
var features = new Sequential(
    new Conv2d(1, 16, 3, padding: 1), new BatchNorm2d(16), new ReLU(), new MaxPool2d(2),
    new Conv2d(16, 32, 3, padding: 1), new ReLU(), new MaxPool2d(2), new Flatten());
var head = new Sequential(new Dropout(0.1), new Linear(32 * 2 * 2, 10));
var model = new Sequential(features, head);
var optimizer = new Adam(model, learningRate: 1e-3);
var criterion = new CrossEntropyLoss();

var losses = new List<(Tensor Kept, float Value)>();
var activations = new List<(Tensor Kept, float[] Values)>();
var first = Span<float>.Empty;
var second = Span<float>.Empty;
var (firstValues, secondValues) = (Array.Empty<float>(), Array.Empty<float>());
long early = 0;
for (var step = 1; step <= Steps;)
{
    foreach (var (x, y) in loader)
    {
        optimizer.ZeroGrad();
        var hidden = features.Call(x);
        var loss = criterion.Call(head.Call(hidden), y);
        loss.Backward();
        optimizer.Step();
        losses.Add((loss, loss.Item<float>()));
        if (step % 100 == 0)
        {
            activations.Add((hidden, hidden.ToArray<float>()));
        }
        // Spans of tensors that nobody holds any more.
        if (step == 50)
        {
            first = hidden.AsSpan<float>();
            firstValues = hidden.ToArray<float>();
        }
        if (step == 1000)
        {
            second = hidden.AsSpan<float>();
            secondValues = hidden.ToArray<float>();
        }
        if (step == 200)
        {
            early = PeakKiB();
        }
        if (step++ == Steps)
        {
            break;
        }
    }
}
var late = PeakKiB();
Console.WriteLine($"peak_kib_200={early}");
Console.WriteLine($"peak_kib_3000={late}");
Console.WriteLine($"loss_first={losses[0].Value:R} loss_last={losses[^1].Value:R}");
Console.WriteLine($"losses_intact={losses.TrueForAll(x => x.Kept.Item<float>() == x.Value)}");
Console.WriteLine("activations_intact="
    + activations.TrueForAll(x => x.Kept.AsSpan<float>().SequenceEqual(x.Values)));
Console.WriteLine("spans_intact="
    + (first.SequenceEqual(firstValues) && second.SequenceEqual(secondValues)));

// The kernel's own high-water mark of resident memory, where there is one.
static long PeakKiB()
{
    const string Status = "/proc/self/status";
    if (File.Exists(Status))
    {
        var line = File.ReadLines(Status).First(x => x.StartsWith("VmHWM:"));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }
    using var process = Process.GetCurrentProcess();
    return process.PeakWorkingSet64 / 1024;
}
