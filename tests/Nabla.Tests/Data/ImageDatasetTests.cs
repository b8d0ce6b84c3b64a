using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class ImageDatasetTests
{
    private static readonly ImageDataset Data = new(new LabelledImages(
        [0, 16, 8, 4], [1, 0], (1, 1, 2), ["no", "yes"], maximum: 16));

    [Fact]
    public void Values_go_from_0_to_1_and_labels_are_numbers()
    {
        var sample = Data[1];
        Assert.Equal(new Shape(1, 1, 2), sample[0].Shape);
        Assert.Equal([0.5f, 0.25f], sample[0].ToArray<float>());
        Assert.Equal(0L, sample[1].Item<long>());
    }

    [Fact]
    public void A_batch_equals_its_samples()
    {
        var batch = Data.Batch([1, 0]);
        Assert.Equal(new Shape(2, 1, 1, 2), batch[0].Shape);
        Assert.Equal([0.5f, 0.25f, 0f, 1f], batch[0].ToArray<float>());
        Assert.Equal([0L, 1L], batch[1].ToArray<long>());
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Batch([2]));
    }

    [Fact]
    public void Shape_and_classes_are_those_of_the_images()
    {
        Assert.Equal(new Shape(1, 1, 2), Data.ImageShape);
        Assert.Equal(["no", "yes"], Data.Classes);
    }
}
