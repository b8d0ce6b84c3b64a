using Nabla.Graphs.Passes;

namespace Nabla.Tests.Graphs.Passes;

public class SpanUnionTests
{
    [Fact]
    public void Spans_that_overlap_are_one_and_neighbours_are_not()
    {
        var spans = new SpanUnion(20);
        spans.Join(2, 5);
        spans.Join(6, 8);
        Assert.Equal([0, 1, 2, 2, 2, 2, 6, 6, 6, 9], Enumerable.Range(0, 10).Select(spans.First));
        spans.Join(5, 7);
        Assert.Equal([2, 2, 9], new[] { 6, 8, 9 }.Select(spans.First));
    }

    [Fact]
    public void Random_spans_connect_what_a_search_finds()
    {
        var random = new Random(2);
        var (spans, joined) = (new SpanUnion(200), new List<(int From, int To)>());
        for (var i = 0; i < 40; i++)
        {
            var from = random.Next(190);
            joined.Add((from, from + random.Next(10)));
            spans.Join(joined[^1].From, joined[^1].To);
            for (var place = 0; place < 200; place++)
            {
                var first = place;
                while (joined.Exists(s => s.From < first && first <= s.To))
                {
                    first = joined.Where(s => first <= s.To && s.From < first).Min(s => s.From);
                }
                Assert.Equal(first, spans.First(place));
            }
        }
    }
}
