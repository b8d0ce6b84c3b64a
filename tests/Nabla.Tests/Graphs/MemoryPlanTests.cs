using Nabla.Graphs;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public unsafe class MemoryPlanTests
{
    private readonly MemoryPlan _plan = new();
    private readonly Arena _arena = new();

    [Fact]
    public void Values_that_live_at_different_times_share_memory()
    {
        var (a, b) = (Rent(256, 0, 1), Rent(256, 2, 3));
        Place();
        Assert.True(a.Pointer == b.Pointer);
        Assert.Equal(1024, _plan.Bytes);
    }

    [Fact]
    public void What_one_step_reads_and_writes_lies_apart()
    {
        var (a, b) = (Rent(256, 0, 1), Rent(256, 1, 2));
        Place();
        Assert.True(a.Pointer != b.Pointer);
        Assert.Equal(2048, _plan.Bytes);
    }

    [Fact]
    public void Small_values_share_the_memory_of_a_large_one()
    {
        var large = Rent(512, 0, 1);
        var small = Enumerable.Range(0, 2).Select(_ => Rent(256, 2, 3)).ToArray();
        Place();
        Assert.Equal(2048, _plan.Bytes);
        Assert.Equal([0, 1024], small.Select(t => (byte*)t.Pointer - (byte*)large.Pointer)
            .Order());
    }

    [Fact]
    public void Random_lifetimes_never_overlap_and_need_little_more_than_what_is_alive()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 300).Select(at =>
        {
            var (last, count) = (at + random.Next(1, 20), random.Next(1, 5000));
            return (Tensor: Rent(count, at, last), First: at, Last: last, Bytes: 4L * count);
        }).ToArray();
        Place();
        foreach (var a in values)
        {
            foreach (var b in values)
            {
                var apart = (byte*)a.Tensor.Pointer + a.Bytes <= (byte*)b.Tensor.Pointer
                    || (byte*)b.Tensor.Pointer + b.Bytes <= (byte*)a.Tensor.Pointer;
                Assert.True(a == b || a.First > b.Last || b.First > a.Last || apart);
            }
        }
        var most = Enumerable.Range(0, 320).Max(
            at => values.Where(v => v.First <= at && at <= v.Last).Sum(v => v.Bytes));
        Assert.InRange(_plan.Bytes, most, most * 1.2);
    }

    [Fact]
    public void A_buffer_passed_on_lives_as_long_as_its_last_value()
    {
        var (a, b) = (Rent(256, 0, 1), Rent(256, 2, 3));
        _plan.Pass(a, last: 5, isResult: false);
        Place();
        Assert.True(a.Pointer != b.Pointer);
        Assert.True(_plan.Owns(a.Alias()));
        Assert.False(_plan.Owns(Tensor.From(1f)));
    }

    [Fact]
    public void Results_have_memory_of_their_own()
    {
        var (result, passed) = (Rent(256, 0, 0, isResult: true), Rent(16, 1, 1));
        _plan.Pass(passed, last: 2, isResult: true);
        Place();
        Assert.Equal((0, 1024 + 64), (_plan.Bytes, _plan.ResultBytes));
        Assert.Equal(0, _arena.Bytes);
        Assert.Equal((nint)result.Pointer + 1024, (nint)passed.Pointer);
        Assert.Equal(["result 0+1024", "result 1024+64", "outside", "3"],
            new[] { result, passed, Tensor.From(1f), 3 }.Select(_plan.Describe));
    }

    [Fact]
    public void Values_move_when_the_arena_has_grown()
    {
        var a = Rent(256, 0, 1);
        Place();
        _arena.Reserve(1 << 20);
        _plan.LieIn(_arena);
        Assert.True(a.Pointer == _arena.Memory!.Pointer);
    }

    private Tensor Rent(int count, int first, int last, bool isResult = false) =>
        _plan.Rent(new Shape(count), DType.Float32, first, last, isResult);

    private void Place()
    {
        _plan.Place();
        _plan.LieIn(_arena);
    }
}
