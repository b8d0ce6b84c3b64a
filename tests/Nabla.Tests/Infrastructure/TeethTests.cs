using System.Reflection;
using Nabla.Autograd;

namespace Nabla.Tests.Infrastructure;

/// <summary>Shows that the op cases fail when an op is wrong: <c>./test --teeth</c>.</summary>
[Trait("Category", "Teeth")]
public class TeethTests
{
    private static readonly Lazy<Teeth> Recorded = new(Teeth.Record);

    /// <summary>Every op.</summary>
    public static TheoryData<string> Ops => new(OpCatalog.Ops.Select(op => op.FullName!));

    /// <summary>Every op that has a gradient rule.</summary>
    public static TheoryData<string> OpsWithGradient => new(OpCatalog.Ops
        .Where(op => op.GetMethod(nameof(Op.Backward))!.DeclaringType != typeof(Op))
        .Select(op => op.FullName!));

    [OnDemandTheory("NABLA_TEETH")]
    [MemberData(nameof(Ops))]
    public void A_wrong_result_is_caught(string op) =>
        Report(op, "result", Recorded.Value.CatchesOutput(TypeOf(op)));

    [OnDemandTheory("NABLA_TEETH")]
    [MemberData(nameof(OpsWithGradient))]
    public void A_wrong_gradient_is_caught(string op) =>
        Report(op, "gradient", Recorded.Value.CatchesGradient(TypeOf(op)));

    private static Type TypeOf(string op) => OpCatalog.Ops.Single(type => type.FullName == op);

    private static void Report(string op, string what, string? by)
    {
        var name = op[(op.LastIndexOf('.') + 1)..];
        if (Environment.GetEnvironmentVariable("NABLA_TEETH_TABLE") is { Length: > 0 } table)
        {
            File.AppendAllText(table, $"{name,-28} {what,-9} {by ?? "NOT CAUGHT"}\n");
        }
        Assert.True(by is not null, $"no op case or test fails when the {what} of {name} is wrong");
    }
}
