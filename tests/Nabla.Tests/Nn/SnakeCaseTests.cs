using Nabla.Nn;

namespace Nabla.Tests.Nn;

public class SnakeCaseTests
{
    [Theory]
    [InlineData("_fc1", "fc1")]
    [InlineData("fc1", "fc1")]
    [InlineData("Layer1", "layer1")]
    [InlineData("RunningMean", "running_mean")]
    [InlineData("_numBatchesTracked", "num_batches_tracked")]
    [InlineData("inProjWeightIH", "in_proj_weight_ih")]
    [InlineData("HTTPServer", "http_server")]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("Layer1Conv", "layer1_conv")]
    [InlineData("already_snake", "already_snake")]
    public void A_field_is_named_as_in_PyTorch(string field, string expected) =>
        Assert.Equal(expected, SnakeCase.Of(field));

    [Theory]
    [InlineData("<Weight>k__BackingField", "Weight", "weight")]
    [InlineData("<inner>P", "inner", "inner")]
    public void A_name_the_compiler_made_is_its_source(string field, string source, string snake)
    {
        Assert.Equal(source, SnakeCase.Source(field));
        Assert.Equal(snake, SnakeCase.Of(field));
    }
}
