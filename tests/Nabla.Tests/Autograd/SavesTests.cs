using Nabla.Autograd;

namespace Nabla.Tests.Autograd;

public class SavesTests
{
    [Fact]
    public void Inputs_and_outputs_are_saved_one_by_one()
    {
        var saves = Saves.Input(1) + Saves.Output(0);
        Assert.False(saves.HasInput(0));
        Assert.True(saves.HasInput(1));
        Assert.True(saves.HasOutput(0));
        Assert.False(saves.HasOutput(1));
    }

    [Fact]
    public void All_holds_for_any_number()
    {
        Assert.True(Saves.Inputs.HasInput(100));
        Assert.False(Saves.Inputs.HasOutput(100));
        Assert.True(Saves.Outputs.HasOutput(100));
        Assert.Equal(Saves.All, Saves.Inputs + Saves.Outputs);
        Assert.False(Saves.None.HasInput(0) || Saves.None.HasOutput(0));
    }
}
