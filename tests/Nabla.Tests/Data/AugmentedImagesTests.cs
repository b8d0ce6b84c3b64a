using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class AugmentedImagesTests
{
    private static readonly TensorDataset Images = new(
        Tensor.From(Enumerable.Range(0, 50).Select(i => (float)i).ToArray(), new Shape(2, 1, 5, 5)),
        Tensor.From(3L, 4L));

    [Fact]
    public void Nothing_allowed_is_nothing_changed() => Assert.Equal(
        Images.Batch([1, 0])[0].ToArray<float>(),
        new AugmentedImages(Images, 0, 0, 0).Batch([1, 0], new SampleKey(1, 1))[0]
            .ToArray<float>());

    [Fact]
    public void Seed_epoch_and_sample_decide_and_not_the_batch()
    {
        var data = new AugmentedImages(Images);
        var one = data.Batch([1], new SampleKey(1, 2))[0].ToArray<float>();
        Assert.Equal(one, data.Batch([0, 1], new SampleKey(1, 2))[0].ToArray<float>()[25..]);
        Assert.NotEqual(one, data.Batch([1], new SampleKey(1, 3))[0].ToArray<float>());
        Assert.NotEqual(one, data.Batch([1], new SampleKey(2, 2))[0].ToArray<float>());
        Assert.Equal(4L, data.Batch([1], new SampleKey(1, 2))[1].Item<long>());
    }

    [Fact]
    public void Shifted_images_keep_what_stays_inside()
    {
        var dot = new float[25];
        dot[12] = 1;
        var data = new AugmentedImages(
            new TensorDataset(Tensor.From(dot, new Shape(1, 1, 5, 5))), shift: 2, 0, 0);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var sum = data.Batch([0], new SampleKey(0, epoch))[0].ToArray<float>().Sum();
            Assert.Equal(1, sum, 1e-5f);
        }
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentedImages(Images, shift: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentedImages(Images, scale: 1));
        Assert.Contains("got int64 (1,)", Assert.Throws<ArgumentException>(() =>
            new AugmentedImages(new TensorDataset(Tensor.From(1L))).Batch([0], new SampleKey()))
            .Message);
    }
}
