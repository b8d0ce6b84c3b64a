// A training loop by hand: no trainer, and nothing to dispose of.
using Nabla.Autograd;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;

Generator.ManualSeed(1);
var digits = DigitsSource.LoadAll();
var train = new DataLoader(new ImageDataset(digits[..^360]), batchSize: 64, shuffle: true);
var test = new DataLoader(new ImageDataset(digits[^360..]), batchSize: 360);

var model = new Sequential(
    new Flatten(), new Linear(64, 128), new ReLU(), new Linear(128, 10));
var optimizer = new Adam(model, learningRate: 3e-3);
var loss = new CrossEntropyLoss();

for (var epoch = 1; epoch <= 10; epoch++)
{
    var sum = 0.0;
    foreach (var (x, y) in train)
    {
        optimizer.ZeroGrad();
        var error = loss.Call(model.Call(x), y);
        error.Backward();
        optimizer.Step();
        sum += error.Item<float>();
    }
    Console.WriteLine($"epoch {epoch}: loss {sum / train.Count:0.0000}");
}

model.Eval();
var (images, labels) = test.First();
var right = GradMode.NoGrad(() => model.Call(images)).ArgMax(1).Eq(labels);
Console.WriteLine($"test accuracy {right.ToArray<bool>().Average(hit => hit ? 1.0 : 0.0):0.0%}");
